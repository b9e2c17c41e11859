// Tells the server once which time zone the browser is in, after the page has shown.
import { useEffect } from 'react';

export const BrowserZone = ({ onZone }) => {
  useEffect(() => {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (zone) onZone(zone);
  }, []);
  return null;
};
