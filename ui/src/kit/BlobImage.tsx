import { useEffect, useState } from "react";

/** Makes an address for bytes held in memory. The window's policy allows blob: and refuses data:. */
export function useBlobUrl(content: BlobPart | null, type: string): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (content === null || typeof URL.createObjectURL !== "function") return undefined;
    const made = URL.createObjectURL(new Blob([content], { type }));
    setAddress(made);
    return () => {
      URL.revokeObjectURL(made);
      setAddress(null);
    };
  }, [content, type]);
  return address;
}

/** Shows an SVG that came as text as a picture, so that nothing in it can run. */
export function SvgImage({ svg, alt, size }: { svg: string; alt: string; size: number }) {
  const address = useBlobUrl(svg, "image/svg+xml");
  return address ? <img className="kw-qr" src={address} alt={alt} width={size} height={size} /> : <span className="kw-qr-wait" role="img" aria-label={alt} />;
}

export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let place = 0; place < text.length; place += 1) bytes[place] = text.charCodeAt(place);
  return bytes;
}
