"""How many subscribers the feed server carries, beside a well-known calendar server."""
