"""python run.py: every case against verify.py. Ends with 1 where one comes out otherwise."""

import json
import sys
from base64 import urlsafe_b64decode
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from verify import Refused, document, read_register, trust_file  # type: ignore[import-not-found]


def read(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def outcome(one: Any) -> str:
    try:
        trust = trust_file(read(one["pinned"]), one["later"], one["now"])
        register, _ = read_register(one["register"], trust, one["now"], one["seen"])
        body = read(one["document"])
        document(body, one["section"], one["locale"], register, one["sign_offs"], trust)
    except Refused as refused:
        return str(refused)
    except Exception as error:
        return f"no Refused: {error!r}"
    return "accepted"


def main() -> int:
    cases = json.loads(Path(__file__).with_name("cases.json").read_text("utf-8"))["cases"]
    wrong = [(one, came) for one in cases if (came := outcome(one)) != one["expect"]]
    for one, came in wrong:
        print(f"{one['name']}: {came}, not {one['expect']}")
    print(f"{len(cases)} cases, {len(wrong)} wrong")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
