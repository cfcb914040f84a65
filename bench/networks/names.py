"""Names of people who don't exist."""

from __future__ import annotations

from random import Random

FIRST = (
    "Ada", "Amir", "Bea", "Ben", "Caleb", "Cora", "Dev", "Dina", "Elif", "Eli", "Faye", "Finn",
    "Gia", "Gus", "Hana", "Hugo", "Ines", "Ivo", "Jonas", "June", "Kai", "Kira", "Lena", "Liam",
    "Maya", "Milo", "Noah", "Nora", "Omar", "Opal", "Pia", "Priya", "Quinn", "Ravi", "Rosa",
    "Sam", "Sofia", "Tess", "Theo", "Uma", "Ursa", "Vera", "Vik", "Will", "Wren", "Xena", "Yara",
    "Yusuf", "Zane", "Zoe",
)  # fmt: skip
LAST = (
    "Abbott", "Andrade", "Bauer", "Brooks", "Castro", "Chen", "D'Souza", "Diaz", "Dunn", "Ekman",
    "Evans", "Fischer", "Flores", "Garcia", "Grant", "Hayes", "Hughes", "Ibarra", "Ito", "Jensen",
    "Jung", "Kelly", "Khan", "Larsen", "Lopez", "Meyer", "Moreno", "Müller", "Nguyen", "Novak",
    "O'Neill", "Okafor", "Olsen", "Park", "Patel", "Peña", "Quist", "Reyes", "Rossi", "Schmidt",
    "Silva", "Tran", "Turner", "Ueda", "Vance", "Vargas", "Walsh", "Xu", "Yilmaz", "Young",
    "Zhao", "Zimmer", "Łukasik",
)  # fmt: skip


def a_name(random: Random) -> str:
    """A first and a last name."""
    return f"{random.choice(FIRST)} {random.choice(LAST)}"
