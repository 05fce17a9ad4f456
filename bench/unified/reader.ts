/** The demo social worker, whose token everything is asked with, and who is in the team around every child. */
export const READER = "demo|social-worker";
