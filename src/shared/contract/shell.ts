/** A file the user chose, by name and content. */
export interface ChosenFile {
  readonly fileName: string;
  readonly sizeBytes: number;
  /** Set where the file can be saved again in place: hand it to `saveFile`. */
  readonly saveId?: string | undefined;
  /** Reads `[start, end)` of the file. */
  read(startByte: number, endByte: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** What a native menu can ask of the studio; the browser has no such menu. */
export const SHELL_COMMANDS = ['file.open', 'file.save', 'file.save-as', 'file.export', 'edit.undo', 'edit.redo', 'help.shortcuts'] as const;
export type ShellCommand = (typeof SHELL_COMMANDS)[number];

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
  /** Hears the native menu. */
  onCommand(listener: (command: ShellCommand) => void): void;
  /** Hears of files the system asks the studio to open: by a double click, or dropped on its icon. */
  onOpenFile(listener: (file: ChosenFile) => void): void;
}
