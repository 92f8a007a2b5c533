"""One Document → its Mentions, Attributions and Statements."""

from firsthand.mark.credits import document_to_credits
from firsthand.mark.incidents.rows import markup_to_incident_rows
from firsthand.mark.markups import mark

__all__ = ["document_to_credits", "mark", "markup_to_incident_rows"]
