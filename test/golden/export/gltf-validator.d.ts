declare module 'gltf-validator' {
  /** One finding; severity 0 is an error, 1 a warning. */
  interface ValidationIssue {
    readonly code: string;
    readonly message: string;
    readonly severity: number;
    readonly pointer?: string;
  }
  /** Checks a GLB or glTF file against the specification. */
  export function validateBytes(bytes: Uint8Array): Promise<{ readonly issues: { readonly numErrors: number; readonly messages: readonly ValidationIssue[] } }>;
}
