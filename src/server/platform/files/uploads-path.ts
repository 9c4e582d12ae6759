/** Where the protocol of resumable uploads is spoken. */
export const uploadsPath = '/files/uploads';
