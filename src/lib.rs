//! Portico, the CRM front end.
