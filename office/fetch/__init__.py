"""Getting a file from an address that somebody typed, without trusting what answers.

Every hop is resolved and checked, and the connection goes to the very address that was checked.
Time, size and redirects are bounded. An address may be a secret, so no message and no log holds
more of it than the host.
"""

from office.fetch.addresses import Allowed
from office.fetch.errors import FetchError
from office.fetch.get import get, parse
from office.fetch.hop import Fetched, Unchanged, Validators

__all__ = ["Allowed", "FetchError", "Fetched", "Unchanged", "Validators", "get", "parse"]
