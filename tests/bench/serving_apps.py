"""The servers that are measured, each in a process of its own: KIND PORT FOLDER.

`lane` is the hub itself, `front` the hub without its lane, `still` the hub over made-up answers;
`bare` is an application that does nothing but send the same bytes; `naive` reads a row by SQLModel
and lets FastAPI make the answer, as most do.
"""

import json
import os
import pickle
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import uvicorn
from fastapi import Depends, FastAPI, HTTPException
from sqlmodel import Session, create_engine
from starlette.types import ASGIApp, Receive, Scope, Send

from api import auditing
from content.cli import serve
from content.publication.representation import Representation
from content.settings import Settings

A_DAY = 86_400


def bare(folder: Path) -> ASGIApp:
    # Of our own making, a moment ago.
    answers: dict[str, Any] = pickle.loads((folder / "answers").read_bytes())

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        status, headers, body = answers[scope["path"]]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return app


def naive(folder: Path) -> ASGIApp:
    engine = create_engine(f"sqlite:///{folder / 'content.db'}", pool_size=40)
    app = FastAPI()

    def session() -> Iterator[Session]:
        with Session(engine) as opened:
            yield opened

    @app.get("/v1/sections/{slug}/{locale}")
    def section(slug: str, locale: str, session: Annotated[Session, Depends(session)]) -> Any:
        found = session.get(Representation, f"/v1/sections/{slug}/{locale}")
        if found is None:
            raise HTTPException(404)
        return json.loads(found.body)

    return app


if __name__ == "__main__":
    kind, port, where = sys.argv[1:]
    if kind == "still":  # it does not come to compare them
        auditing.SECONDS_TO_BEGIN_WITH = A_DAY
    if kind in ("lane", "front", "still"):
        os.environ |= {
            "MSIF_DATA_DIR": where,
            "MSIF_PORT": port,
            "MSIF_LANE": "off" if kind == "front" else "on",
        }
        serve.run(Settings())
    else:
        made = {"bare": bare, "naive": naive}[kind](Path(where))
        uvicorn.run(made, port=int(port), log_level="critical", access_log=False, lifespan="off")
