"""Where links lead in one translation alone, as a check finds it."""

from content.translation.checks.links import link_findings

EN, OTHER = "https://example.org/register", "https://example.org/other"


def test_what_may_not_be_led_to_is_an_error_at_its_placeholder() -> None:
    own = ((EN, "javascript:alert(1)"), (OTHER, "https://example.org/autre"))
    (one,) = link_findings((OTHER, EN), own)
    assert (one.code, one.severity.value) == ("link-target", "error")
    assert one.message.startswith("{2}: `javascript:alert(1)` is no address")


def test_what_leads_nowhere_is_not_looked_at() -> None:
    assert list(link_findings((OTHER,), ((EN, "data:x"),))) == []
