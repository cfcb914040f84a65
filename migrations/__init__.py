"""How the record's tables came to be, one dated file a change. They import nothing of today's."""
