"""Time expressions: found, resolved to TIMEX3 and EDTF; when a document was written."""
