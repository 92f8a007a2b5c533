"""Acts of violence or coercion: triggers, roles, dates, places, counts, who is accused."""
