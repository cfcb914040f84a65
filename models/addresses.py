"""What an e-mail address may look like. Whether anybody reads it, only a mail can tell."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email


def bare_address(text: str) -> str:
    """``text`` as mail servers write it, in ASCII; ValueError with the reason if it is none.

    Nothing is looked up: a clinic must be able to publish without the network.
    """
    try:
        found = validate_email(text.strip(), check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise ValueError(" ".join(str(error).split())) from None
    return str(found.ascii_email)
