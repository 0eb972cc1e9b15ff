import type { ColumnType } from 'kysely'

export type Jsonb<T> = ColumnType<T, string, string>
export type Int8 = ColumnType<number, number | bigint, number | bigint>
