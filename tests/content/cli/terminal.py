"""A terminal on the machine of a small hub: commands are typed, and what is shown is read."""

from dataclasses import dataclass, field
from pathlib import Path

from typer.testing import CliRunner, Result

from content.cli import app
from tests.world import World


@dataclass
class Terminal:
    """`by` is whose token the environment has; nobody's where it is empty."""

    folder: Path
    world: World
    env: dict[str, str] = field(default_factory=dict)
    _tokens: dict[str, str] = field(default_factory=dict)

    def run(self, *words: str | Path, by: str = "", typed: str = "") -> Result:
        token = self.token(by) if by else ""
        env = {
            "MSIF_DATA_DIR": str(self.folder),
            "MSIF_DATABASE_URL": "",
            "MSIF_LOCALES_DIR": str(self.folder / "locales"),
            "MSIF_TOKEN": token,
            **self.env,
        }
        return CliRunner().invoke(
            app, [str(word) for word in words], env=env, input=typed, prog_name="msif"
        )

    def says(self, *words: str | Path, by: str = "", typed: str = "") -> str:
        """What a command that succeeds shows."""
        result = self.run(*words, by=by, typed=typed)
        assert result.exit_code == 0, (result.output, result.exception)
        return result.stdout

    def refuses(self, *words: str | Path, by: str = "", code: int = 1) -> str:
        """What a command that fails says on standard error."""
        result = self.run(*words, by=by)
        assert result.exit_code == code, (result.output, result.exception)
        return result.stderr

    def token(self, person: str) -> str:
        if person not in self._tokens:
            self._tokens[person] = self.world.token(person)
        return self._tokens[person]
