"""What is said about webhooks and what was sent to them, in words."""

from api.desk.words import later as N_
from content.syndication.delivery import State

STATES = {"on": N_("On"), "failing": N_("Failing"), "off": N_("Off")}
#: Why one is off.
OFF = {
    "by-hand": N_("It was switched off by hand."),
    "gone": N_("Its address answered that it is gone (410). Mend it there, then switch it on."),
    "failing": N_(
        "No attempt worked for some three days. Mend it there, then switch it on: it goes on "
        "where it stopped."
    ),
}
DELIVERIES = {
    State.WAITING: N_("Waits"),
    State.LEASED: N_("Being sent"),
    State.DELIVERED: N_("Delivered"),
    State.GIVEN_UP: N_("Given up"),
}
#: Why an attempt had no answer.
ERRORS = {
    "address": N_("The address may not be sent to."),
    "name": N_("The name leads nowhere."),
    "connection": N_("No connection."),
    "tls": N_("The certificate or the encryption is not in order."),
    "timeout": N_("No answer in time."),
    "answer": N_("The answer was no HTTP."),
}
NO_ERROR = N_("Another fault.")
