"""The tree: one parent for each section, none below itself, and what a page is made of."""

import pytest

from content.errors import SectionNotFound, TreeBroken
from content.records import tree
from content.records.kept import Kept
from content.records.tree import page_sections, require_sound, roots, walk, working_children
from content.records.version import opened
from content.review import submission
from tests.world import TEXT, World, page

PAGE = "# Home {#home}\n\nText.\n\n## News {#news}\n\nText.\n\n### Old {#old}\n\nText.\n"


@pytest.mark.parametrize(
    "children",
    [
        {},
        {"home": ()},
        {"home": ("news", "about"), "news": ("old",)},
        {"a": ("b",), "b": ("c",), "c": ("d",), "d": ("e",), "e": ("f",), "f": ("g",)},
    ],
)
def test_a_tree_is_sound(children: dict[str, tuple[str, ...]]) -> None:
    require_sound(children)


@pytest.mark.parametrize(
    ("children", "words"),
    [
        (
            {"home": ("news",), "more": ("news",)},
            "`news` would stand below `home` and below `more`",
        ),
        ({"home": ("news", "news")}, "`news` would stand below `home` and below `home`"),
        ({"home": ("home",)}, "`home` would stand below itself"),
        ({"home": ("news",), "news": ("home",)}, "would stand below itself"),
        ({"a": ("b",), "b": ("c",), "c": ("a",), "home": ("news",)}, "would stand below itself"),
        (
            {str(level): (str(level + 1),) for level in range(7)},
            "`7` would stand below itself, or more than 6 levels deep",
        ),
    ],
)
def test_what_is_no_tree_is_refused(children: dict[str, tuple[str, ...]], words: str) -> None:
    with pytest.raises(TreeBroken, match=words) as broken:
        require_sound(children)
    assert "section" in broken.value.context


def test_a_tree_is_read_from_top_to_bottom() -> None:
    children = {"home": ("news", "about"), "news": ("old",), "other": ()}

    assert list(walk(children, "home")) == [("home", 0), ("news", 1), ("old", 2), ("about", 1)]
    assert list(walk(children, "nowhere")) == [("nowhere", 0)]
    assert roots(children) == ["home", "other"]


def test_a_page_is_what_its_newest_texts_say(world: World) -> None:
    world.write(page(PAGE))
    with world.reading() as session:
        assert working_children(session) == {"home": ("news",), "news": ("old",), "old": ()}
        assert page_sections(session, "home") == ["home", "news", "old"]
        assert page_sections(session, "news") == ["news", "old"]
        with pytest.raises(SectionNotFound) as missing:
            page_sections(session, "nowhere")
    assert missing.value.context == {"section": "nowhere"}


@pytest.mark.begins_with("en", "fr")
def test_translations_and_texts_given_up_do_not_shape_the_tree(sqlite_world: World) -> None:
    sqlite_world.write(page("# Treatment {#treatment}\n\nText.\n"))
    with sqlite_world.reading() as session:
        assert tree.roots(working_children(session)) == ["benefits", "risks", "treatment"]

    with sqlite_world.acting("author") as (session, actor):
        draft = opened(session, "treatment", "en")
        assert draft is not None
        submission.abandon(session, actor, draft, "Not yet.")

    with sqlite_world.reading() as session:
        assert working_children(session) == {
            "treatment": ("benefits", "risks"),
            "benefits": (),
            "risks": (),
        }


@pytest.mark.begins_with("en")
def test_who_gives_up_the_text_that_let_a_section_go_is_told_where_it_stands(
    sqlite_world: World,
) -> None:
    """By itself, the page would have the risks below it again, as the benefits have them now."""

    def give_up(slug: str) -> None:
        with sqlite_world.acting("author") as (session, actor):
            draft = opened(session, slug, "en")
            assert draft is not None
            submission.abandon(session, actor, draft, "Not yet.")

    sqlite_world.write(page(TEXT.replace("## Risks", "### Risks")))
    with pytest.raises(TreeBroken, match="`risks` would stand below `benefits` and below"):
        give_up("treatment")
    with sqlite_world.reading() as session:
        assert working_children(session)["treatment"] == ("benefits",)

    give_up("benefits")
    give_up("treatment")
    with sqlite_world.reading() as session:
        assert working_children(session)["treatment"] == ("benefits", "risks")


def test_what_is_at_hand_of_a_document_is_what_it_says(
    sqlite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    sqlite_world.write(page(PAGE))
    with sqlite_world.reading() as session:
        first = working_children(session)
        # Less than a page has, and nothing yet.
        monkeypatch.setattr(tree, "_children", Kept(1))
        assert working_children(session) == working_children(session) == first
    sqlite_world.write(page(PAGE.replace("\n### Old {#old}\n\nText.\n", "")))
    with sqlite_world.reading() as session:
        assert working_children(session)["news"] == ()
