/** What an uploaded file is for; decides which types are taken, and how large. */
export const FILE_PURPOSES = ['logo', 'material', 'recording'] as const
export type FilePurpose = (typeof FILE_PURPOSES)[number]
