"""Contraindications: what a practitioner has to judge before a client is booked."""

from __future__ import annotations

ABSOLUTE = (
    "recent-surgery",
    "acute-inflammation",
    "malignancy",
    "undiagnosed-lump",
    "deep-vein-thrombosis",
    "severe-osteoporosis",
    "acute-infection",
    "skin-condition",
)
"""Contraindications that speak against treatment: clearing one takes a reason."""

PRECAUTIONS = (
    "pregnancy",
    "varicose-veins",
    "hypertension",
    "blood-thinners",
    "reduced-sensation",
)
"""Contraindications that ask for an adapted treatment: a practitioner may clear these at once."""


def is_absolute(word: str) -> bool:
    """Whether a contraindication can't be cleared without a reason.

    Raises ``ValueError`` for a word that is neither absolute nor a precaution.
    """
    if word not in ABSOLUTE + PRECAUTIONS:
        raise ValueError(
            f"the contraindication {word!r} is not known. "
            f"Maybe one of {', '.join(ABSOLUTE + PRECAUTIONS)}?"
        )
    return word in ABSOLUTE
