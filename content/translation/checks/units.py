"""Units: signs that every language writes alike, and whether two texts measure with the same."""

#: A sign, as it is written, and the unit it stands for.
SYMBOLS: dict[str, str] = {
    **{
        sign: sign
        for sign in (
            "%", "‰", "kg", "mg", "g", "ng", "pg", "ml", "dl", "cl", "l", "µl", "km", "cm", "mm",
            "m", "nm", "µm", "mmol", "µmol", "nmol", "pmol", "mol", "mmHg", "Hz", "kHz", "MHz",
            "kcal", "kJ", "Gy", "mSv", "mV", "°C", "°F", "€", "£", "$", "CHF", "ms", "m²", "m³",
            "mm³", "cm²", "T",
        )
    },
    **dict.fromkeys(("٪", "﹪", "％"), "%"),
    **dict.fromkeys(("µg", "μg", "mcg", "ug"), "µg"),
    **dict.fromkeys(("μl", "µL", "μL"), "µl"),
    **dict.fromkeys(("IU", "UI", "IE", "I.E.", "U.I.", "I.U.", "I. E."), "IU"),
    "L": "l", "mL": "ml", "dL": "dl", "Kg": "kg", "mm Hg": "mmHg", "μm": "µm", "μmol": "µmol",
    "℃": "°C", "° C": "°C", "m2": "m²", "mm3": "mm³", "USD": "$", "EUR": "€", "GBP": "£",
    "Fr.": "CHF",
}  # fmt: skip
#: Time is said in words, in too many ways to ask for it where a number alone may say enough.
TIMES = frozenset({"year", "month", "week", "day", "hour", "minute", "second"})
#: Signs that may stand before their number.
BEFORE = {"%": "%", "٪": "%", "€": "€", "£": "£", "$": "$", "CHF": "CHF"}
