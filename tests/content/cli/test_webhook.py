"""Webhooks at the machine itself."""

from datetime import timedelta

import standardwebhooks
import time_machine

from tests.content.cli.terminal import Terminal
from tests.content.cli.test_member import ADD
from tests.postbox import answering, happen, receiving
from tests.reader import TODAY


@time_machine.travel(TODAY, tick=False)
def test_a_webhook_is_entered_tried_mended_and_removed(terminal: Terminal) -> None:
    terminal.env["MSIF_WEBHOOK_TARGETS"] = "any"
    terminal.says(*ADD)
    assert terminal.says("webhook", "list", "ms").startswith("None yet;")
    public = terminal.says("webhook", "key")
    assert public.startswith("whpk_")
    assert terminal.says("webhook", "key") == public
    with receiving() as receiver:
        added = terminal.says(
            *("webhook", "add", "ms", receiver.url, "--locale", "en", "--type", "notice")
        )
        one, secret = added.split()
        assert terminal.says("webhook", "list", "ms") == f"{one}  on  {receiver.url}  0 waiting\n"
        assert terminal.says("webhook", "deliveries", "ms", one) == "Nothing yet.\n"
        shown = terminal.says("webhook", "ping", "ms", one).split()[1:]
        assert terminal.says(*shown) == "Not sent yet.\n"
        receiver.behaviour = answering("500 Oops", body=b"\x1b[31mno")
        with time_machine.travel(TODAY, tick=False) as traveller:
            told = terminal.says("work", "--once")
            assert told == "Nothing was due.\nAttempts to send webhooks: 1\n"
            traveller.shift(timedelta(days=9))
            receiver.behaviour = answering("204 Yes")
            assert terminal.says("work", "--once").endswith(": 1\n")
        attempts = terminal.says(*shown).splitlines()
        assert [line.split()[2] for line in attempts] == ["500", "204"]
        assert attempts[0].endswith(r"'\x1b[31mno'")
        message = receiver.got[0]
        assert " v1a," in message.headers["webhook-signature"]
        standardwebhooks.Webhook(secret).verify(message.body, message.headers)
        happen(terminal.world.engine, "notice")
        assert terminal.says("work", "--once").endswith(": 1\n")
        again = ("webhook", "replay", "ms", one, "--after", "0", "--to", "5")
        assert terminal.says(*again) == "1 to send.\n"
        assert terminal.says("work", "--once").endswith(": 1\n")
        assert receiver.ids[-1] == receiver.ids[-2]
        assert "delivered  2 attempts" in terminal.says("webhook", "deliveries", "ms", one)
    assert terminal.says("webhook", "secret", "ms", one).startswith("whsec_")
    terminal.says("webhook", "off", "ms", one)
    assert "It was switched off by hand." in terminal.says("webhook", "list", "ms")
    assert terminal.refuses("webhook", "ping", "ms", one).startswith("webhook-off: ")
    terminal.says("webhook", "on", "ms", one)
    assert terminal.says("webhook", "remove", "ms", one) == f"The webhook {one} is no more.\n"
    assert terminal.refuses("webhook", "remove", "ms", one).startswith("webhook-not-found: ")
    terminal.env["MSIF_WEBHOOK_TARGETS"] = "public"
    told = terminal.refuses("webhook", "add", "ms", "http://localhost/")
    assert told.startswith("address-refused: ")
