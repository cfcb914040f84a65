"""What cutting tied regions costs: they are cut and repaired, and solved together."""
