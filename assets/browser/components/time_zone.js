// Tells the server once which time zone and languages the browser has, after the page has shown.
import { useEffect } from 'react';

export const BrowserZone = ({ onZone }) => {
  useEffect(() => {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (zone) onZone(zone, (navigator.languages ?? [navigator.language ?? '']).join(','));
  }, []);
  return null;
};
