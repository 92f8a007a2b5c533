"""Who reused whose words: Documents → Copies, and what Copies say about origins."""

from firsthand.trace.copies import trace
from firsthand.trace.options import TraceOptions
from firsthand.trace.origins import copies_to_origins, copies_to_rows

__all__ = ["TraceOptions", "copies_to_origins", "copies_to_rows", "trace"]
