"""Who is who: records of any tables to one entity, with how sure and why."""
