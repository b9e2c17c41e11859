"""Exports: lists as CSV files and workbooks."""
