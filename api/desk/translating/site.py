"""All pages of a translation, in the order in which their addresses are looked through."""

from fastapi import APIRouter

from api.desk.translating import checking, downloads, editor, overview, progress, sending

router = APIRouter()
# Before `progress`, which would take `fr.po` for a language.
for module in (overview, downloads, sending, progress, editor, checking):
    router.include_router(module.router)
