"""What staff do, one use case a file."""
