"""Board members read what they are asked to sign, and sign it with one touch."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Route, expect

from content.records import page_import
from content.samples import bundle
from tests.browser.ceremonies import EDITION, Ceremony, Signer, many, origin, review
from tests.tampering import tamper
from tests.world import LOCALES, page

BOARD = ("board-1", "board-2", "board-3")


def asked_to_sign(ceremony: Ceremony) -> tuple[str, dict[str, str]]:
    """A statement over the next edition, and everybody's link to it."""
    ceremony.world.write(page(EDITION, kind="safety", summary="A smaller dose"))
    digest = review(ceremony.world, "treatment", "benefits")
    return digest, ceremony.invited(digest)


def read_all(somebody: Signer) -> None:
    for one in somebody.page.locator("details").all():
        one.locator("summary").click()
        expect(one.locator(".digest")).to_be_visible()


def test_three_people_sign_fifty_texts_with_one_touch_each(beginning: Ceremony) -> None:
    world, terminal = beginning.world, beginning.terminal
    world.enter()
    people = {one: beginning.comes() for one in BOARD}
    for one, somebody in people.items():
        somebody.registers(terminal.says("people", "invite", one).strip())
    terminal.says("trust", "key")
    assert "3 of board-1, board-2, board-3" in terminal.says("trust", "init", "--yes")
    sections = [one.section for one in world.write(page(many(50)))]
    assert len(sections) == 50
    links = beginning.invited(review(world, *sections))
    assert set(links) == {*BOARD, "words:"}
    for number, (one, somebody) in enumerate(people.items(), start=1):
        shown = somebody.opens(links[one])
        expect(shown.locator("#person")).to_have_text(one.title())
        expect(shown.locator("#words")).to_have_text(links["words:"])
        expect(shown.locator("details")).to_have_count(50)
        expect(shown.locator("#progress")).to_have_text("Texts opened: 0 of 50")
        before = somebody.touches()
        somebody.signs()
        expect(shown.locator("#done-title")).to_be_focused()
        expect(shown.locator("#record")).to_contain_text(f"approval by {one.title()}")
        expect(shown.locator("#outcome")).to_contain_text(f"Approvals: {number} of 3.")
        # The key counts how often it was used.
        assert somebody.touches() - before == 1
        assert somebody.complaints == []
    expect(shown.locator("#outcome")).to_contain_text("State: signed off.")
    answer = shown.request.get(f"{origin()}/v1/sections/question-49/en")
    assert answer.status == 200
    assert len(answer.json()["approval"]["signed_by"]) == 3


def test_a_reader_sees_what_changed_and_who_reviewed_it(ceremony: Ceremony) -> None:
    _, links = asked_to_sign(ceremony)
    somebody = ceremony.comes(key_of="board-1")
    shown = somebody.opens(links["board-1"])
    expect(shown.locator("#unread")).to_contain_text("not opened: 2 of 2")
    first, second = shown.locator("details").all()
    expect(first.locator("summary")).to_contain_text("safety")
    expect(first.locator("summary")).to_contain_text("A smaller dose")
    read_all(somebody)
    expect(shown.locator("#progress")).to_have_text("Texts opened: 2 of 2")
    expect(shown.locator("#unread")).to_be_hidden()
    expect(first.locator("del")).to_have_text(" deleted: 2000 end of deletion ")
    expect(first.locator("ins")).to_have_text(" inserted: 1000 end of insertion ")
    expect(first.locator(".warning")).to_contain_text("A number or a negation has changed.")
    expect(first.locator(".body")).to_contain_text("Medical-1, Organisation of medical-1")
    expect(second.locator(".compared")).to_have_text(
        "Compared with version 1, which is in force: new: 1, form, links or pictures: 1."
    )
    expect(second.locator(".block.new")).to_contain_text("It is not for everybody.")
    expect(second.locator(".block.form del")).to_contain_text("https://example.org/register")
    # Without the marks the text stands there as it will appear.
    shown.get_by_label("Mark what has changed").uncheck()
    expect(first.locator("del")).to_be_hidden()
    assert "Some people take 1000 mg a day." in first.locator("article").inner_text()
    link = second.locator("article a")
    assert link.get_attribute("target") == "_blank"
    assert somebody.complaints == []


def test_the_secret_stays_in_the_page(ceremony: Ceremony) -> None:
    _, links = asked_to_sign(ceremony)
    somebody = ceremony.comes(key_of="board-1")
    shown = somebody.opens(links["board-1"])
    read_all(somebody)
    somebody.signs()
    expect(shown.locator("#done")).to_be_visible()
    secret = links["board-1"].partition("#")[2]
    # Chromium tells of the first request with its fragment, which it does not send.
    assert not any(secret in one.partition("#")[0] for one in somebody.asked)
    assert all(one.startswith((f"{origin()}/", f"blob:{origin()}/")) for one in somebody.asked)
    assert "#" not in shown.url
    assert shown.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [
        *(0, 0, "")
    ]
    shown.reload()
    expect(shown.get_by_role("status")).to_contain_text("lacks the part behind the #")


def test_a_rejection_says_why_and_ends_it(ceremony: Ceremony) -> None:
    digest, links = asked_to_sign(ceremony)
    somebody = ceremony.comes(key_of="board-2")
    shown = somebody.opens(links["board-2"])
    shown.locator("#reject").check()
    shown.locator("#none").click()
    shown.locator("#sign").click()
    expect(shown.locator("#comment")).to_be_focused()  # the browser asks for the reason
    assert somebody.touches() == 0
    somebody.signs("reject", "The dose is wrong.")
    expect(shown.locator("#record")).to_contain_text("rejection by Board-2")
    expect(shown.locator("#outcome")).to_have_text("Approvals: 0 of 3. State: rejected.")
    told = ceremony.terminal.says("statement", "show", digest, by="editor")
    assert "rejection" in told
    late = ceremony.comes(key_of="board-1")
    late.page.goto(links["board-1"])
    expect(late.page.get_by_role("status")).to_have_text("This is no longer open for signature.")
    expect(late.page.locator("form")).to_be_hidden()
    expect(late.page.locator("details")).to_have_count(2)


def test_a_recusal_counts_for_nothing(ceremony: Ceremony) -> None:
    _, links = asked_to_sign(ceremony)
    somebody = ceremony.comes(key_of="board-3")
    shown = somebody.opens(links["board-3"])
    shown.locator("#recuse").check()
    shown.locator("#interests").fill("Fees of the maker, “2026”.\nShares, too: €\u2028.")
    shown.locator("#sign").click()
    expect(shown.locator("#record")).to_contain_text("recusal by Board-3")
    expect(shown.locator("#outcome")).to_have_text("Approvals: 0 of 3. State: open.")
    shown.goto(links["board-3"])
    expect(shown.get_by_role("status")).to_have_text("You have signed this already.")


@pytest.mark.parametrize("whose", ["listed", "statement"])
def test_a_byte_that_was_changed_stops_the_page(ceremony: Ceremony, whose: str) -> None:
    digest, links = asked_to_sign(ceremony)
    changed = {
        "listed": "UPDATE document SET body = CAST(replace(body, '1000 mg', '9000 mg') AS BLOB)",
        "statement": "UPDATE statement SET body = CAST(replace(body, 'board', 'Board') AS BLOB)",
    }
    tamper(ceremony.world.engine, changed[whose])
    somebody = ceremony.comes(key_of="board-1")
    somebody.page.goto(links["board-1"])
    stopped(somebody)
    assert digest


def stopped(somebody: Signer) -> None:
    """The page says so, and lets nobody sign."""
    status = somebody.page.get_by_role("status")
    expect(status).to_contain_text("is not what its digest says")
    expect(status).to_contain_text("Nothing can be signed here.")
    expect(status).to_be_focused()
    expect(somebody.page.locator("form")).to_be_hidden()
    assert somebody.touches() == 0


def test_a_text_in_force_that_was_changed_on_the_way_stops_it_too(ceremony: Ceremony) -> None:
    _, links = asked_to_sign(ceremony)
    somebody = ceremony.comes(key_of="board-1")

    def forge(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("2000 mg", "1000 mg"))

    somebody.page.route("**/v1/content/*", forge)
    shown = somebody.opens(links["board-1"])
    shown.locator("details summary").first.click()
    stopped(somebody)


def test_a_text_is_read_where_the_one_in_force_cannot_be(ceremony: Ceremony) -> None:
    _, links = asked_to_sign(ceremony)
    somebody = ceremony.comes(key_of="board-1")
    broken = {"code": "not-signed-off", "detail": "It has no valid sign-off."}
    somebody.page.route("**/v1/sections/**", lambda route: route.fulfill(status=503, json=broken))
    shown = somebody.opens(links["board-1"])
    first = shown.locator("details").first
    first.locator("summary").click()
    expect(first.locator(".compared")).to_have_text(
        "The version in force cannot be read at present, so no change is marked: "
        "It has no valid sign-off."
    )
    expect(first.locator("article")).to_contain_text("Some people take 1000 mg a day.")


@pytest.mark.parametrize(
    ("who", "told"),
    [
        ("author", "You are not among those who may sign this."),
        ("editor", "You are not among those who may sign this."),
        ("made-up", "This link does not work any more. Ask whoever sent it for a new one."),
    ],
)
def test_whoever_may_not_sign_is_told_so(ceremony: Ceremony, who: str, told: str) -> None:
    _, links = asked_to_sign(ceremony)
    address = links["board-1"].partition("#")[0]
    secret = who if who == "made-up" else ceremony.world.token(who)
    somebody = ceremony.comes()
    somebody.page.goto(f"{address}#{secret}")
    expect(somebody.page.get_by_role("status")).to_contain_text(told)
    expect(somebody.page.locator("form")).to_be_hidden()


def test_a_key_that_refuses_leaves_everything_as_it_was(ceremony: Ceremony) -> None:
    _, links = asked_to_sign(ceremony)
    somebody = ceremony.comes(key_of="board-2")
    shown = somebody.opens(links["board-1"])
    somebody.signs()
    error = shown.get_by_role("alert")
    expect(error).to_contain_text("Nothing was signed")
    expect(error).to_be_focused()
    somebody.give_key("board-1")
    somebody.refuse_users()
    shown.locator("#sign").click()
    expect(shown.locator("#sign")).to_be_enabled()
    expect(error).to_contain_text("Nothing was signed")
    expect(shown.locator("#done")).to_be_hidden()


def test_clocks_that_differ_are_told(ceremony: Ceremony) -> None:
    _, links = asked_to_sign(ceremony)
    somebody = ceremony.comes(key_of="board-1")
    somebody.context.clock.set_fixed_time(datetime.now(UTC) + timedelta(hours=5))
    shown = somebody.opens(links["board-1"])
    expect(shown.locator("#clock")).to_contain_text("differ by about 5 h.")
    somebody.signs()
    expect(shown.locator("#outcome")).to_contain_text("Approvals: 1 of 3.")


def test_a_translation_is_read_beside_its_source(ceremony: Ceremony) -> None:
    world = ceremony.world
    world.write(page(EDITION))
    world.publish("treatment", "benefits")
    world.translate("fr")
    links = ceremony.invited(review(world, "treatment", "benefits", locale="fr"))
    assert set(links) == {"language-2-fr", "words:"}
    somebody = ceremony.comes("fr", key_of="language-2-fr", viewport={"width": 1280, "height": 900})
    shown = somebody.opens(links["language-2-fr"])
    expect(shown.locator("#named")).to_contain_text(
        "relecture médicale de la traduction (français)"
    )
    first = shown.locator("details").first
    first.locator("summary").click()
    button = first.get_by_role("button", name="Afficher le texte source à côté")
    button.click()
    expect(first.locator("article")).to_have_count(2)
    expect(first.locator("article").nth(1)).to_contain_text("Some people take 1000 mg a day.")
    expect(first.locator("article").nth(1)).to_have_attribute("lang", "en")
    hide = first.get_by_role("button", name="Masquer le texte source")
    expect(hide).to_have_attribute("aria-expanded", "true")
    hide.click()
    expect(first.locator("article").nth(1)).to_be_hidden()
    somebody.signs()
    expect(shown.locator("#outcome")).to_contain_text(re.compile("État\\s: validé"))
    assert somebody.complaints == []


FIGURE = """figures:
  - file: ahsct-steps.svg
    credit: MS Australia
    license: CC-BY-4.0
"""


def test_a_picture_is_shown_from_bytes_that_were_hashed(ceremony: Ceremony) -> None:
    world = ceremony.world
    text = EDITION.replace("It is not for everybody.", '![Five steps.](ahsct-steps.svg "Steps")')
    source = page(text).replace(b"attribution:", FIGURE.encode() + b"attribution:")
    with world.acting("author") as (session, actor):
        page_import.import_page(session, actor, source, bundle.pictures(), LOCALES)
    links = ceremony.invited(review(world, "treatment", "benefits"))
    somebody = ceremony.comes(key_of="board-1")
    shown = somebody.opens(links["board-1"])
    read_all(somebody)
    picture = shown.get_by_role("img", name="Five steps.")
    assert str(picture.get_attribute("src")).startswith("blob:")
    assert picture.evaluate("one => one.complete && one.naturalWidth > 0")
    expect(shown.locator("figure")).to_contain_text("Description of the picture: Five steps.")
    assert somebody.complaints == []


def test_a_text_that_is_more_than_a_text_stops_the_page(ceremony: Ceremony) -> None:
    """What no hub makes: its digest is right, and still the page does not show it."""
    _, links = asked_to_sign(ceremony)
    somebody = ceremony.comes(key_of="board-1")
    shown = somebody.opens(links["board-1"])
    told = shown.evaluate(
        """async () => {
          const { plain } = await import("/signing/text.js");
          const text = (html) => ({
            title: "T", summary: null, locale: "en", figures: [], evidence: [], authors: [],
            children: [], attribution: {}, audience: "", disclaimer: "", license: "",
            last_reviewed: "2026-01-01", review_by: "2026-01-01",
            blocks: [{ type: "paragraph", units: [], evidence: [], markdown: "", html }],
          });
          const found = [];
          for (const html of [
            "<p>Good</p>", "<p>Bad <button>Sign</button></p>", "<p style='color: red'>Bad</p>",
            "<p id='sign'>Bad</p>", "<p><a href='javascript:alert(1)'>Bad</a></p>",
            "<img src='/v1/figures/none' alt='Bad'>", "<link rel='stylesheet' href='/x'>",
          ]) {
            const told = plain(text(html));
            found.push(await told.then(() => "shown", (error) => error.constructor.name));
          }
          return found;
        }"""
    )
    assert told == ["shown", *["Strange"] * 6]


def test_a_variant_is_read_beside_a_text_of_another_language(ceremony: Ceremony) -> None:
    """A reviewer of Swiss French does not work in French: they read what everybody may read."""
    world = ceremony.world
    world.staff("fr-CH")
    accepted = [one.section for one in world.accept("fr-CH") if one.outcome == "submitted"]
    for section in accepted:
        world.review_all(section, "fr-CH")
    links = ceremony.invited(world.open_statement(*accepted, locale="fr-CH"))
    somebody = ceremony.comes("fr-CH", key_of="language-2-fr-ch")
    shown = somebody.opens(links["language-2-fr-ch"])
    first = shown.locator("details").first
    first.locator("summary").click()
    first.get_by_role("button", name="Afficher le texte source à côté").click()
    expect(first.locator("article").nth(1)).to_have_attribute("lang", "fr")
    somebody.signs()
    expect(shown.locator("#outcome")).to_contain_text("validé")
