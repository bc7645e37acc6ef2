"""Read whatever an office has and lose nothing: files → cells → canonical columns → typed rows with provenance."""
