"""漏保/欠发: people missed or paid too little, the other half of a fair audit."""
