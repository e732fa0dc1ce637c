// Files that a person hands in, as the socket takes them: base64.

export const LARGEST_FILE = 10 * 1024 * 1024;

export function readFile(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("error", () => reject(reader.error));
    reader.addEventListener("load", () => {
      resolve({ name: file.name, type: file.type, data: reader.result.slice(reader.result.indexOf(",") + 1) });
    });
    reader.readAsDataURL(file);
  });
}
