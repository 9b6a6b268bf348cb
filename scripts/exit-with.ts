// Ends a command with its exit code, or with 1 and what went wrong.

export function exitWith(code: Promise<number>): void {
  code.then(
    code => process.exit(code),
    error => {
      console.error(error);
      process.exit(1);
    },
  );
}
