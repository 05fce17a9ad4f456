export const JSON_API = "application/vnd.api+json";

/** An error body as JSON:API has it. */
export const errorBody = (status: number, title = `Simulated ${status}`, parameter?: string) => ({
  errors: [{ id: "e-1", status: String(status), title, ...(parameter && { source: { parameter } }) }],
});
