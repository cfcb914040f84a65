"""One file a command. What is heavy is imported inside it, so that ``--help`` is quick."""
