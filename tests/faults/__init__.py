"""Faults and bad input, a test for each row of the fault table; the row is in the test's id."""
