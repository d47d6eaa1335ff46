/** Nominal types over plain values: what can be confused gets a brand, its constructor is the only cast. */

declare const brand: unique symbol;

export type Brand<Value, Name extends string> = Value & { readonly [brand]: Name };
