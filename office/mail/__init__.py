"""Mails: what is new for whom, in which words, and how it leaves."""
