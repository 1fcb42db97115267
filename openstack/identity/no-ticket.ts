/** What is said of a login without a Kerberos ticket. */
export const NO_TICKET = 'it asks for a Kerberos ticket, and there is none that it accepts';
