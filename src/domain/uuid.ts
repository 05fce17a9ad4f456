/** Whether this text could be one of the hub's own ids at all. */
export const isUuid = (id: string): boolean => /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/.test(id);

/** When an id of the hub's was made; null where it is none that sorts by time. */
export function instantOf(id: string): Date | null {
  if (!isUuid(id) || id[14] !== "7") return null;
  return new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16));
}
