"""What people say with a decision is text that both databases can keep."""

import pytest

from content.errors import BadInput, CommentMissing, InterestsMissing, RoleMalformed
from content.people.role import Grant, Role, read_grant
from content.review.declaration import WORDS_MAX, require_declared, require_reason
from content.review.review import Kind
from tests.world import World


@pytest.mark.parametrize("text", ["a\0b", "bell \x07", "x" * (WORDS_MAX + 1)])
def test_control_characters_and_very_long_words_are_refused(text: str) -> None:
    for words in ((text, ""), ("none declared", text)):
        with pytest.raises(BadInput):
            require_declared(*words, needs_comment=False)
    with pytest.raises(BadInput):
        require_reason(text)


def test_interests_and_reasons_are_said() -> None:
    with pytest.raises(InterestsMissing):
        require_declared("  ", "fine", needs_comment=False)
    with pytest.raises(CommentMissing):
        require_declared("none declared", " ", needs_comment=True)
    with pytest.raises(CommentMissing):
        require_reason("\n")
    require_declared("none declared", "line one\nline two\twith a tab", needs_comment=True)


def test_a_comment_with_nul_leaves_nothing(world: World) -> None:
    world.write()
    world.submit("risks")
    with pytest.raises(BadInput):
        world.review("risks", "medical-1", Kind.MEDICAL, comment="a\0b")
    world.review("risks", "medical-1", Kind.MEDICAL, comment="Well said.")


def test_the_locale_of_a_role_is_a_language_tag() -> None:
    assert read_grant("translator:FR") == Grant(Role.TRANSLATOR, "fr")
    assert read_grant("reviser:fr_ch") == Grant(Role.REVISER, "fr-CH")
    with pytest.raises(RoleMalformed):
        read_grant("translator:not a tag")
