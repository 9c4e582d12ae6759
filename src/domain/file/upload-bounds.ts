/** The largest file, in bytes. */
export const largestFile = 2 * 1024 ** 3;

/** What one person may have under way at once. */
export const mostUploads = 30;
export const mostUploadBytes = 6 * 1024 ** 3;

/** Days until an upload that nobody attached is forgotten. */
export const uploadDays = 3;

/** Bytes that stay free on the disk, whatever comes in: the database writes to the same disk. */
export const diskReserve = 512 * 1024 ** 2;

/** Bytes that the desk sends at once: each part is kept when it has arrived. */
export const uploadPart = 8 * 1024 ** 2;
