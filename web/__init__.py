"""What is reached over HTTP: calendar feeds. Each route asks one use case of ``office``."""
