"""错保: enrolled or paid although the facts say otherwise."""
