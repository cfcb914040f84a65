"""Made-up clinic networks of any size, as hard as the demo: regions of four clinics each."""

from bench.networks.folder import write_network
from bench.networks.region import make_region

__all__ = ["make_region", "write_network"]
