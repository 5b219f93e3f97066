/** A file the user chose, by name and content. */
export interface ChosenFile {
  readonly fileName: string;
  readonly sizeBytes: number;
  /** Reads `[start, end)` of the file. */
  read(startByte: number, endByte: number): Promise<Uint8Array>;
}

/** What only the desktop around the studio can do. Capabilities are values, so that no component asks where it runs. */
export interface Shell {
  /** True when a saved file can be shown in the system's file manager. */
  readonly canRevealFile: boolean;
  /** Asks for files to open; empty when the user closes the dialog. `extensions` without a dot. */
  chooseFiles(options: { title: string; extensions: readonly string[]; multiple: boolean }): Promise<ChosenFile[]>;
  /**
   * Saves bytes whole or not at all. `saveId` names the target of an earlier save to write there again without asking.
   * Resolves to null when the user closes the dialog.
   */
  saveFile(options: { suggestedName: string; bytes: Uint8Array; saveId?: string | undefined }): Promise<{ saveId: string; fileName: string } | null>;
  revealFile(saveId: string): Promise<void>;
  /** Tells the window's frame what is open and whether it has unsaved changes. */
  setDocumentState(state: { title: string; isModified: boolean }): void;
}
