"""All pages of a translation, in the order in which their addresses are looked through."""

from fastapi import APIRouter

from api.desk.translating import (
    checking,
    downloads,
    editor,
    handing_in,
    overview,
    progress,
    sending,
)

router = APIRouter()
# Before `progress`, which would take `fr.po` for a language.
for module in (overview, downloads, sending, progress, editor, checking, handing_in):
    router.include_router(module.router)
