"""The library as one file: out, and in again, without a database id."""
