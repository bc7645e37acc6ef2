"""Generated character table and hand-kept lists; see NOTICE.md for sources and licences."""
