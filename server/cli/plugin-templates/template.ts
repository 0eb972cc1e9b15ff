/** What a new plugin is made of: both are texts of TypeScript. */
export interface Template {
  index: string
  test: string
}

/** How a new plugin is named in its own text. */
export interface Naming {
  /** `my-crm` */
  id: string
  /** `My crm` */
  name: string
  /** `myCrm` */
  variable: string
}

export type MakeTemplate = (naming: Naming) => Template
