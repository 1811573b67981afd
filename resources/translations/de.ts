<?xml version='1.0' encoding='utf-8'?>
<TS version="2.1" language="de" sourcelanguage="en">
  <context>
    <name>AboutDialog</name>
    <message>
      <source>About Image Engine</source>
      <translation>Über Image Engine</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>Free software under the Apache License 2.0. Python {python}, Qt {qt} (LGPL 3).</source>
      <translation>Freie Software unter der Apache-Lizenz 2.0. Python {python}, Qt {qt} (LGPL 3).</translation>
    </message>
    <message>
      <source>Libraries, networks and their licences</source>
      <translation>Bibliotheken, Netze und ihre Lizenzen</translation>
    </message>
    <message>
      <source>Makes your own photos and videos findable. Your files are never changed.</source>
      <translation>Macht eigene Fotos und Videos auffindbar. Dateien werden nie verändert.</translation>
    </message>
    <message>
      <source>Towns: GeoNames (CC BY 4.0). Map: Natural Earth (public domain). Icons: Lucide (ISC licence).</source>
      <translation>Orte: GeoNames (CC BY 4.0). Karte: Natural Earth (gemeinfrei). Symbole: Lucide (ISC-Lizenz).</translation>
    </message>
  </context>
  <context>
    <name>Activity</name>
    <message>
      <source>1 video</source>
      <translation>1 Video</translation>
    </message>
    <message>
      <source>Examining {progress}</source>
      <translation>Untersucht {progress}</translation>
    </message>
    <message>
      <source>Following things through videos {progress}</source>
      <translation>Verfolgt Dinge durch Videos {progress}</translation>
    </message>
    <message>
      <source>Listening to videos {progress}</source>
      <translation>Hört Videos ab {progress}</translation>
    </message>
    <message>
      <source>Looking for files · {found}</source>
      <translation>Dateien werden gesucht · {found}</translation>
    </message>
    <message>
      <source>Nothing to do. New and changed files are looked for by themselves.</source>
      <translation>Nichts zu tun. Neue und geänderte Dateien werden von selbst gesucht.</translation>
    </message>
    <message>
      <source>Paused</source>
      <translation>Angehalten</translation>
    </message>
    <message>
      <source>Paused on battery</source>
      <translation>Angehalten: Akkubetrieb</translation>
    </message>
    <message>
      <source>Paused, also after a restart. What is done so far is kept.</source>
      <translation>Angehalten, auch nach einem Neustart. Das Erledigte bleibt erhalten.</translation>
    </message>
    <message>
      <source>Recognising {progress}</source>
      <translation>Erkannt {progress}</translation>
    </message>
    <message>
      <source>Stopped by a fault</source>
      <translation>Durch einen Fehler angehalten</translation>
    </message>
    <message>
      <source>Stopped by a fault. Put it right, then go on; nothing is lost.</source>
      <translation>Durch einen Fehler angehalten. Fehler beheben, dann fortsetzen; nichts ist verloren.</translation>
    </message>
    <message>
      <source>Waits until the computer is plugged in.</source>
      <translation>Wartet, bis der Rechner am Netz ist.</translation>
    </message>
    <message>
      <source>Watching videos {progress}</source>
      <translation>Videos ansehen {progress}</translation>
    </message>
    <message>
      <source>{count} videos</source>
      <translation>{count} Videos</translation>
    </message>
    <message>
      <source>{done} of {total}</source>
      <translation>{done} von {total}</translation>
    </message>
    <message>
      <source>{found} files found</source>
      <translation>{found} Dateien gefunden</translation>
    </message>
    <message>
      <source>{hours} h {minutes} min</source>
      <translation>{hours} h {minutes} min</translation>
    </message>
    <message>
      <source>{minutes} min</source>
      <translation>{minutes} min</translation>
    </message>
    <message>
      <source>{seconds} s</source>
      <translation>{seconds} s</translation>
    </message>
    <message>
      <source>{speed}/s</source>
      <translation>{speed}/s</translation>
    </message>
    <message>
      <source>{time} left</source>
      <translation>noch {time}</translation>
    </message>
    <message>
      <source>{videos} of {length}: at most {frames} frames are looked at, about {time} here</source>
      <translation>{videos} von {length}: höchstens {frames} Bilder werden angesehen, hier etwa {time}</translation>
    </message>
    <message>
      <source>{videos} of {length}: at most {frames} frames are looked at, roughly {time} here</source>
      <translation>{videos} von {length}: höchstens {frames} Bilder werden angesehen, hier ungefähr {time}</translation>
    </message>
  </context>
  <context>
    <name>ActivityPanel</name>
    <message>
      <source>Activity</source>
      <translation>Aktivität</translation>
    </message>
    <message>
      <source>Go on</source>
      <translation>Fortsetzen</translation>
    </message>
    <message>
      <source>Look for new files</source>
      <translation>Neue Dateien suchen</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>Anhalten</translation>
    </message>
    <message>
      <source>Pause on battery</source>
      <translation>Im Akkubetrieb anhalten</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>Switched off in the settings: {names}</source>
      <translation>In den Einstellungen abgeschaltet: {names}</translation>
    </message>
    <message>
      <source>Then: {titles}</source>
      <translation>Danach: {titles}</translation>
    </message>
    <message>
      <source>Use half the processor</source>
      <translation>Nur halben Prozessor nutzen</translation>
    </message>
    <message>
      <source>What is done is kept; the rest is done at the next look.</source>
      <translation>Das Erledigte bleibt; der Rest folgt beim nächsten Durchsehen.</translation>
    </message>
  </context>
  <context>
    <name>AddFolder</name>
    <message>
      <source>Add a folder with photos and videos</source>
      <translation>Ordner mit Fotos und Videos hinzufügen</translation>
    </message>
  </context>
  <context>
    <name>Analyser</name>
    <message>
      <source>Adding {count} folders and files</source>
      <translation>{count} Ordner und Dateien werden hinzugefügt</translation>
    </message>
    <message>
      <source>Adding {name}</source>
      <translation>{name} wird hinzugefügt</translation>
    </message>
    <message>
      <source>Analysing again</source>
      <translation>Neue Analyse</translation>
    </message>
    <message>
      <source>Looking for new files</source>
      <translation>Neue Dateien werden gesucht</translation>
    </message>
  </context>
  <context>
    <name>AnswersPart</name>
    <message>
      <source>Click for all that show it.</source>
      <translation>Klick zeigt alle, auf denen es zu sehen ist.</translation>
    </message>
    <message>
      <source>Description</source>
      <translation>Beschreibung</translation>
    </message>
    <message>
      <source>No product is seen.</source>
      <translation>Kein Produkt ist zu sehen.</translation>
    </message>
    <message>
      <source>Products</source>
      <translation>Produkte</translation>
    </message>
    <message>
      <source>Products, one a line</source>
      <translation>Produkte, eines je Zeile</translation>
    </message>
    <message>
      <source>Remove the answer</source>
      <translation>Antwort entfernen</translation>
    </message>
    <message>
      <source>Remove this answer?</source>
      <translation>Diese Antwort entfernen?</translation>
    </message>
    <message>
      <source>To have it back, the picture has to be sent again.</source>
      <translation>Um sie wieder zu haben, muss das Bild noch einmal gesendet werden.</translation>
    </message>
    <message>
      <source>by you</source>
      <translation>eigene Angabe</translation>
    </message>
    <message>
      <source>edit</source>
      <translation>ändern</translation>
    </message>
    <message>
      <source>remove…</source>
      <translation>entfernen…</translation>
    </message>
    <message>
      <source>take back</source>
      <translation>zurücknehmen</translation>
    </message>
    <message>
      <source>{percent} sure. </source>
      <translation>{percent} sicher. </translation>
    </message>
    <message>
      <source>“{name}” is not there</source>
      <translation>„{name}“ ist nicht da</translation>
    </message>
  </context>
  <context>
    <name>App</name>
    <message>
      <source>Image Engine closed unexpectedly the last time.</source>
      <translation>Image Engine wurde beim letzten Mal unerwartet beendet.</translation>
    </message>
    <message>
      <source>View report</source>
      <translation>Bericht ansehen</translation>
    </message>
  </context>
  <context>
    <name>Asking</name>
    <message>
      <source>1 file lies in a folder from which nothing may ever be sent.</source>
      <translation>1 Datei liegt in einem Ordner, aus dem nie etwas gesendet werden darf.</translation>
    </message>
    <message>
      <source>Ask again</source>
      <translation>Noch einmal fragen</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>No folder was allowed, so nothing is sent.</source>
      <translation>Kein Ordner wurde erlaubt, also wird nichts gesendet.</translation>
    </message>
    <message>
      <source>None of these files gives a picture that could be sent.</source>
      <translation>Keine dieser Dateien ergibt ein Bild, das gesendet werden könnte.</translation>
    </message>
    <message>
      <source>Nothing was sent</source>
      <translation>Nichts wurde gesendet</translation>
    </message>
    <message>
      <source>Open the settings</source>
      <translation>Einstellungen öffnen</translation>
    </message>
    <message>
      <source>Show</source>
      <translation>Zeigen</translation>
    </message>
    <message>
      <source>{count} files lie in folders from which nothing may ever be sent.</source>
      <translation>{count} Dateien liegen in Ordnern, aus denen nie etwas gesendet werden darf.</translation>
    </message>
    <message>
      <source>{what}: asking {whom}</source>
      <translation>{what}: {whom} wird gefragt</translation>
    </message>
    <message>
      <source>{what}: waits, for the queue to {whom} is paused</source>
      <translation>{what}: wartet, denn die Warteschlange zu {whom} ist angehalten</translation>
    </message>
  </context>
  <context>
    <name>BudgetPart</name>
    <message>
      <source>Memory of the card for networks</source>
      <translation>Speicher der Karte für Netze</translation>
    </message>
    <message>
      <source>Networks may take {percent} of its free memory</source>
      <translation>Netze dürfen {percent} ihres freien Speichers belegen</translation>
    </message>
    <message>
      <source>Of the memory that is free when the networks are loaded.</source>
      <translation>Von dem Speicher, der frei ist, wenn die Netze geladen werden.</translation>
    </message>
    <message>
      <source>{text}, about {size} GB</source>
      <translation>{text}, etwa {size} GB</translation>
    </message>
  </context>
  <context>
    <name>Caption</name>
    <message>
      <source>Add a caption</source>
      <translation>Bildunterschrift hinzufügen</translation>
    </message>
    <message>
      <source>Caption</source>
      <translation>Bildunterschrift</translation>
    </message>
  </context>
  <context>
    <name>ClipDialog</name>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>Choose file…</source>
      <translation>Datei wählen…</translation>
    </message>
    <message>
      <source>Export clip</source>
      <translation>Ausschnitt exportieren</translation>
    </message>
    <message>
      <source>Pictures and sound are taken over as they are, without loss.</source>
      <translation>Bilder und Ton werden unverändert und ohne Verlust übernommen.</translation>
    </message>
    <message>
      <source>So the clip begins at the keyframe before A, {time}: {seconds} s earlier.</source>
      <translation>Deshalb beginnt der Ausschnitt am Schlüsselbild vor A, {time}: {seconds} s früher.</translation>
    </message>
    <message>
      <source>Videos (*{suffix})</source>
      <translation>Videos (*{suffix})</translation>
    </message>
    <message>
      <source>{start} to {end} of {name}</source>
      <translation>{start} bis {end} aus {name}</translation>
    </message>
  </context>
  <context>
    <name>Cloud</name>
    <message>
      <source>1 file has a description already</source>
      <translation>1 Datei hat schon eine Beschreibung</translation>
    </message>
    <message>
      <source>1 file has suggested tags</source>
      <translation>1 Datei hat schon vorgeschlagene Schlagwörter</translation>
    </message>
    <message>
      <source>1 file was looked at for products</source>
      <translation>1 Datei wurde schon auf Produkte durchgesehen</translation>
    </message>
    <message>
      <source>1 more file</source>
      <translation>1 weitere Datei</translation>
    </message>
    <message>
      <source>1 request waits</source>
      <translation>1 Anfrage wartet</translation>
    </message>
    <message>
      <source>1 was refused for lack of credits.</source>
      <translation>1 wurde mangels Guthaben abgelehnt.</translation>
    </message>
    <message>
      <source>Answers take {usual}, 95 % of them at most {longest}.</source>
      <translation>Antworten dauern {usual}, 95 % höchstens {longest}.</translation>
    </message>
    <message>
      <source>Describe 1 file</source>
      <translation>1 Datei beschreiben</translation>
    </message>
    <message>
      <source>Describe {count} files</source>
      <translation>{count} Dateien beschreiben</translation>
    </message>
    <message>
      <source>Describe {stretch} of a video</source>
      <translation>{stretch} eines Videos beschreiben</translation>
    </message>
    <message>
      <source>Detect products in 1 file</source>
      <translation>Produkte in 1 Datei erkennen</translation>
    </message>
    <message>
      <source>Detect products in {count} files</source>
      <translation>Produkte in {count} Dateien erkennen</translation>
    </message>
    <message>
      <source>Detect products in {stretch} of a video</source>
      <translation>Produkte in {stretch} eines Videos erkennen</translation>
    </message>
    <message>
      <source>Nothing is sent while “Stay offline” is on. {waits}.</source>
      <translation>„Offline bleiben“ ist eingeschaltet, nichts wird gesendet. {waits}.</translation>
    </message>
    <message>
      <source>Nothing waits.</source>
      <translation>Nichts wartet.</translation>
    </message>
    <message>
      <source>Paused, also after a restart. {waits}.</source>
      <translation>Angehalten, auch nach einem Neustart. {waits}.</translation>
    </message>
    <message>
      <source>Suggest tags for 1 file</source>
      <translation>Schlagwörter für 1 Datei vorschlagen</translation>
    </message>
    <message>
      <source>Suggest tags for {count} files</source>
      <translation>Schlagwörter für {count} Dateien vorschlagen</translation>
    </message>
    <message>
      <source>Suggest tags for {stretch} of a video</source>
      <translation>Schlagwörter für {stretch} eines Videos vorschlagen</translation>
    </message>
    <message>
      <source>The service wants to be left alone.</source>
      <translation>Der Dienst möchte in Ruhe gelassen werden.</translation>
    </message>
    <message>
      <source>Today {today} requests, {today_size}. This month {month}, {month_size}.</source>
      <translation>Heute {today} Anfragen, {today_size}. Diesen Monat {month}, {month_size}.</translation>
    </message>
    <message>
      <source>cloud</source>
      <translation>Cloud</translation>
    </message>
    <message>
      <source>d MMM yyyy</source>
      <translation>d. MMM yyyy</translation>
    </message>
    <message>
      <source>this computer</source>
      <translation>dieser Rechner</translation>
    </message>
    <message>
      <source>{count} answered</source>
      <translation>{count} beantwortet</translation>
    </message>
    <message>
      <source>{count} files have a description already</source>
      <translation>{count} Dateien haben schon eine Beschreibung</translation>
    </message>
    <message>
      <source>{count} files have suggested tags</source>
      <translation>{count} Dateien haben schon vorgeschlagene Schlagwörter</translation>
    </message>
    <message>
      <source>{count} files were looked at for products</source>
      <translation>{count} Dateien wurden schon auf Produkte durchgesehen</translation>
    </message>
    <message>
      <source>{count} more files</source>
      <translation>{count} weitere Dateien</translation>
    </message>
    <message>
      <source>{count} requests wait</source>
      <translation>{count} Anfragen warten</translation>
    </message>
    <message>
      <source>{count} were refused for lack of credits.</source>
      <translation>{count} wurden mangels Guthaben abgelehnt.</translation>
    </message>
    <message>
      <source>{files}: {requests} requests, about {size}, at least {time}.</source>
      <translation>{files}: {requests} Anfragen, etwa {size}, mindestens {time}.</translation>
    </message>
    <message>
      <source>{name}, on this computer</source>
      <translation>{name}, auf diesem Rechner</translation>
    </message>
    <message>
      <source>{seconds} s</source>
      <translation>{seconds} s</translation>
    </message>
    <message>
      <source>{time} left</source>
      <translation>noch {time}</translation>
    </message>
    <message>
      <source>{waits} for files that cannot be reached now.</source>
      <translation>{waits} auf Dateien, die jetzt nicht erreichbar sind.</translation>
    </message>
  </context>
  <context>
    <name>CloudFaults</name>
    <message>
      <source>It says “{said}”.</source>
      <translation>Er sagt „{said}“.</translation>
    </message>
    <message>
      <source>No file holds this picture any more, so it was not sent.</source>
      <translation>Keine Datei enthält dieses Bild mehr, also wurde es nicht gesendet.</translation>
    </message>
    <message>
      <source>No model of {about} answers. Choose one in the settings.</source>
      <translation>Kein Modell von {about} antwortet. In den Einstellungen eines wählen.</translation>
    </message>
    <message>
      <source>Nothing is sent while “Stay offline” is on in the settings.</source>
      <translation>In den Einstellungen ist „Offline bleiben“ eingeschaltet: Nichts wird gesendet.</translation>
    </message>
    <message>
      <source>The API key may not use {about}.</source>
      <translation>Der API-Schlüssel darf {about} nicht benutzen.</translation>
    </message>
    <message>
      <source>The account has no credits left. Get more, then go on.</source>
      <translation>Das Konto hat kein Guthaben mehr. Guthaben besorgen, dann fortsetzen.</translation>
    </message>
    <message>
      <source>The address of the service is missing or none. Put it right in the settings.</source>
      <translation>Die Adresse des Dienstes fehlt oder ist keine. In den Einstellungen berichtigen.</translation>
    </message>
    <message>
      <source>The connection to {about} is not safe: its certificate is not valid. Nothing was sent.</source>
      <translation>Die Verbindung zu {about} ist nicht sicher: Das Zertifikat ist ungültig. Nichts wurde gesendet.</translation>
    </message>
    <message>
      <source>The detector for own words needs some: name products in the settings.</source>
      <translation>Der Erkenner für eigene Wörter braucht welche: In den Einstellungen Produkte nennen.</translation>
    </message>
    <message>
      <source>The picture was too large for {about}.</source>
      <translation>Das Bild war zu groß für {about}.</translation>
    </message>
    <message>
      <source>The queue is paused; what waits goes on waiting.</source>
      <translation>Die Warteschlange ist angehalten; Wartendes wartet weiter.</translation>
    </message>
    <message>
      <source>The service does not accept the API key: it is missing, wrong or expired.</source>
      <translation>Der Dienst nimmt den API-Schlüssel nicht an: Er fehlt, ist falsch oder abgelaufen.</translation>
    </message>
    <message>
      <source>The system's keyring does not work. A key can be used for this run only.</source>
      <translation>Der Schlüsselbund des Systems arbeitet nicht. Ein Schlüssel kann nur bis zum Beenden benutzt werden.</translation>
    </message>
    <message>
      <source>The system's keyring is locked. Unlock it, or use a key for this run only.</source>
      <translation>Der Schlüsselbund des Systems ist gesperrt. Entsperren oder einen Schlüssel nur bis zum Beenden benutzen.</translation>
    </message>
    <message>
      <source>There is no API key yet. Make one at build.nvidia.com and put it in the settings.</source>
      <translation>Es gibt noch keinen API-Schlüssel. Auf build.nvidia.com einen erstellen und in den Einstellungen hinterlegen.</translation>
    </message>
    <message>
      <source>This is no API key: those of NVIDIA begin with nvapi- and are longer.</source>
      <translation>Das ist kein API-Schlüssel: Die von NVIDIA beginnen mit nvapi- und sind länger.</translation>
    </message>
    <message>
      <source>This system has no safe keyring. A key can be used for this run only.</source>
      <translation>Dieses System hat keinen sicheren Schlüsselbund. Ein Schlüssel kann nur bis zum Beenden benutzt werden.</translation>
    </message>
    <message>
      <source>{about} answered nothing, as models that think aloud do when the length is too short.</source>
      <translation>{about} hat nichts geantwortet, wie es Modelle tun, die laut denken, wenn die Länge zu kurz ist.</translation>
    </message>
    <message>
      <source>{about} cannot be reached. Is the network there, and the address right?</source>
      <translation>{about} ist nicht erreichbar. Ist das Netz da und die Adresse richtig?</translation>
    </message>
    <message>
      <source>{about} cannot look at pictures: choose another model in the settings.</source>
      <translation>{about} kann keine Bilder ansehen: In den Einstellungen ein anderes Modell wählen.</translation>
    </message>
    <message>
      <source>{about} did not answer in time and will be asked again later.</source>
      <translation>{about} hat nicht rechtzeitig geantwortet und wird später wieder gefragt.</translation>
    </message>
    <message>
      <source>{about} did not understand the request.</source>
      <translation>{about} hat die Anfrage nicht verstanden.</translation>
    </message>
    <message>
      <source>{about} does not take this kind of file.</source>
      <translation>{about} nimmt diese Art Datei nicht.</translation>
    </message>
    <message>
      <source>{about} has no product detector. Choose another way in the settings.</source>
      <translation>{about} hat keinen Produkterkenner. In den Einstellungen einen anderen Weg wählen.</translation>
    </message>
    <message>
      <source>{about} is busy ({status}) and will be asked again later.</source>
      <translation>{about} ist beschäftigt ({status}) und wird später wieder gefragt.</translation>
    </message>
    <message>
      <source>{about} is not served to this account.</source>
      <translation>{about} wird diesem Konto nicht angeboten.</translation>
    </message>
    <message>
      <source>{about} is out of order at the moment.</source>
      <translation>{about} ist zurzeit gestört.</translation>
    </message>
    <message>
      <source>{about} refused the request ({status}).</source>
      <translation>{about} hat die Anfrage abgelehnt ({status}).</translation>
    </message>
    <message>
      <source>{about} sent more than any answer needs; it was broken off.</source>
      <translation>{about} hat mehr gesendet, als eine Antwort braucht; es wurde abgebrochen.</translation>
    </message>
    <message>
      <source>{about} sent something that is no answer. Try again, or choose another model.</source>
      <translation>{about} hat etwas gesendet, das keine Antwort ist. Nochmals versuchen oder ein anderes Modell wählen.</translation>
    </message>
    <message>
      <source>{about} serves no model that takes videos. Have their frames described instead.</source>
      <translation>{about} bietet kein Modell, das Videos annimmt. Lassen Sie stattdessen einzelne Bilder beschreiben.</translation>
    </message>
    <message>
      <source>{about} wanted to lead to an address that is not safe; it was not followed.</source>
      <translation>{about} wollte auf eine unsichere Adresse weiterleiten; dem wurde nicht gefolgt.</translation>
    </message>
    <message>
      <source>{about} was retired.</source>
      <translation>{about} wurde eingestellt.</translation>
    </message>
    <message>
      <source>{host} is not in the home network, so its address has to begin with https.</source>
      <translation>{host} ist nicht im eigenen Netz, also muss die Adresse mit https beginnen.</translation>
    </message>
    <message>
      <source>{name} lies in no folder that may be sent to {service}.</source>
      <translation>{name} liegt in keinem Ordner, der an {service} gesendet werden darf.</translation>
    </message>
    <message>
      <source>{name} lies, or has a copy, where nothing may ever be sent from.</source>
      <translation>{name} liegt, auch als Kopie, wo nie etwas gesendet werden darf.</translation>
    </message>
  </context>
  <context>
    <name>CloudIndicator</name>
    <message>
      <source>1 waits</source>
      <translation>1 wartet</translation>
    </message>
    <message>
      <source>Asking</source>
      <translation>Wird gefragt</translation>
    </message>
    <message>
      <source>Asking, 1 waits</source>
      <translation>Wird gefragt, 1 wartet</translation>
    </message>
    <message>
      <source>Asking, {count} wait</source>
      <translation>Wird gefragt, {count} warten</translation>
    </message>
    <message>
      <source>Cloud: {state}</source>
      <translation>Cloud: {state}</translation>
    </message>
    <message>
      <source>Paused, 1 waits</source>
      <translation>Angehalten, 1 wartet</translation>
    </message>
    <message>
      <source>Paused, {count} wait</source>
      <translation>Angehalten, {count} warten</translation>
    </message>
    <message>
      <source>Stopped, 1 waits</source>
      <translation>Angehalten, 1 wartet</translation>
    </message>
    <message>
      <source>Stopped, {count} wait</source>
      <translation>Gestoppt, {count} warten</translation>
    </message>
    <message>
      <source>{count} failed</source>
      <translation>{count} fehlgeschlagen</translation>
    </message>
    <message>
      <source>{count} wait</source>
      <translation>{count} warten</translation>
    </message>
  </context>
  <context>
    <name>Cockpit</name>
    <message>
      <source> or </source>
      <translation> oder </translation>
    </message>
    <message>
      <source>CPU {percent}</source>
      <translation>CPU {percent}</translation>
    </message>
    <message>
      <source>GPU</source>
      <translation>GPU</translation>
    </message>
    <message>
      <source>GPU {percent}</source>
      <translation>GPU {percent}</translation>
    </message>
    <message>
      <source>Not on {names}: {reason}</source>
      <translation>Nicht auf {names}: {reason}</translation>
    </message>
    <message>
      <source>encoder {encoder}, decoder {decoder}</source>
      <translation>Enkoder {encoder}, Dekoder {decoder}</translation>
    </message>
    <message>
      <source>not told</source>
      <translation>unbekannt</translation>
    </message>
    <message>
      <source>slowed down by heat</source>
      <translation>durch Hitze gebremst</translation>
    </message>
    <message>
      <source>slowed down by its hardware</source>
      <translation>von der Hardware gebremst</translation>
    </message>
    <message>
      <source>slowed down by its power limit</source>
      <translation>durch die Leistungsgrenze gebremst</translation>
    </message>
    <message>
      <source>{clock} MHz</source>
      <translation>{clock} MHz</translation>
    </message>
    <message>
      <source>{degrees} °C</source>
      <translation>{degrees} °C</translation>
    </message>
    <message>
      <source>{network} not on {names}: {reason}</source>
      <translation>{network} nicht auf {names}: {reason}</translation>
    </message>
    <message>
      <source>{percent} %</source>
      <translation>{percent} %</translation>
    </message>
    <message>
      <source>{power} W</source>
      <translation>{power} W</translation>
    </message>
    <message>
      <source>{power} of {limit} W</source>
      <translation>{power} von {limit} W</translation>
    </message>
    <message>
      <source>{size} GB</source>
      <translation>{size} GB</translation>
    </message>
    <message>
      <source>{title}, ours {size} GB</source>
      <translation>{title}, davon wir {size} GB</translation>
    </message>
    <message>
      <source>{used} of {total} GB</source>
      <translation>{used} von {total} GB</translation>
    </message>
    <message>
      <source>{used}/{total} GB</source>
      <translation>{used}/{total} GB</translation>
    </message>
  </context>
  <context>
    <name>CockpitPanel</name>
    <message>
      <source>Cockpit</source>
      <translation>Cockpit</translation>
    </message>
    <message>
      <source>Go on</source>
      <translation>Weiter</translation>
    </message>
    <message>
      <source>Memory</source>
      <translation>Arbeitsspeicher</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>Anhalten</translation>
    </message>
    <message>
      <source>Processor</source>
      <translation>Prozessor</translation>
    </message>
    <message>
      <source>Settings of networks</source>
      <translation>Einstellungen der Netze</translation>
    </message>
  </context>
  <context>
    <name>Confirm</name>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
  </context>
  <context>
    <name>ConsentDialog</name>
    <message>
      <source> · {frames} frames of videos</source>
      <translation> · {frames} Einzelbilder aus Videos</translation>
    </message>
    <message>
      <source>1 file lies in a folder from which nothing may ever be sent; it is left out.</source>
      <translation>1 Datei liegt in einem Ordner, aus dem nie etwas gesendet werden darf; sie bleibt weg.</translation>
    </message>
    <message>
      <source>A clip is made of the picture and sent: {width} × {height} pixels, {size}.</source>
      <translation>Aus dem Bild wird ein Clip gemacht und gesendet: {width} × {height} Pixel, {size}.</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>Faces go along as they are; the settings can blur them.</source>
      <translation>Gesichter gehen mit, wie sie sind; die Einstellungen können sie unkenntlich machen.</translation>
    </message>
    <message>
      <source>Files</source>
      <translation>Dateien</translation>
    </message>
    <message>
      <source>Folders that may be sent</source>
      <translation>Ordner, die gesendet werden dürfen</translation>
    </message>
    <message>
      <source>Go on by itself with all pictures there, also new ones ({what})</source>
      <translation>Von selbst mit allen Bildern dort fortfahren, auch mit neuen ({what})</translation>
    </message>
    <message>
      <source>It is made anew from the pixels, so no name, date, place or camera goes along.</source>
      <translation>Es wird neu aus den Pixeln gemacht; Name, Datum, Ort und Kamera gehen nicht mit.</translation>
    </message>
    <message>
      <source>Making the picture ready…</source>
      <translation>Bild wird vorbereitet…</translation>
    </message>
    <message>
      <source>May pictures in these folders be sent to {whom}, now and later?</source>
      <translation>Dürfen Bilder aus diesen Ordnern an {whom} gesendet werden, jetzt und später?</translation>
    </message>
    <message>
      <source>None of these files gives a picture.</source>
      <translation>Keine dieser Dateien ergibt ein Bild.</translation>
    </message>
    <message>
      <source>People who were found are blurred; one here and there may be missed.</source>
      <translation>Gefundene Menschen sind unkenntlich; der eine oder andere kann fehlen.</translation>
    </message>
    <message>
      <source>Requests</source>
      <translation>Anfragen</translation>
    </message>
    <message>
      <source>Send to {whom}</source>
      <translation>An {whom} senden</translation>
    </message>
    <message>
      <source>Takes at least</source>
      <translation>Dauert mindestens</translation>
    </message>
    <message>
      <source>The picture as it would be sent</source>
      <translation>Das Bild, wie es gesendet würde</translation>
    </message>
    <message>
      <source>This is what is sent: a JPEG of {width} × {height} pixels, {size}.</source>
      <translation>Das wird gesendet: ein JPEG mit {width} × {height} Pixeln, {size}.</translation>
    </message>
    <message>
      <source>To be sent</source>
      <translation>Zu senden</translation>
    </message>
    <message>
      <source>about {size}</source>
      <translation>etwa {size}</translation>
    </message>
    <message>
      <source>{count} files lie in folders from which nothing may ever be sent; they are left out.</source>
      <translation>{count} Dateien liegen in Ordnern, aus denen nie etwas gesendet werden darf; sie bleiben weg.</translation>
    </message>
    <message>
      <source>{server} looks at them. For that, pictures leave this computer.</source>
      <translation>{server} sieht sie sich an. Dafür verlassen Bilder diesen Rechner.</translation>
    </message>
    <message>
      <source>{server} looks at them. It runs on this computer, so nothing leaves it.</source>
      <translation>{server} sieht sie sich an. Der Dienst läuft auf diesem Rechner, nichts verlässt ihn.</translation>
    </message>
    <message>
      <source>{what} and will not be asked about again.</source>
      <translation>{what}; danach wird nicht noch einmal gefragt.</translation>
    </message>
  </context>
  <context>
    <name>CornerCard</name>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
  </context>
  <context>
    <name>CrashReportDialog</name>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>Copy report</source>
      <translation>Bericht kopieren</translation>
    </message>
    <message>
      <source>Crash report</source>
      <translation>Absturzbericht</translation>
    </message>
    <message>
      <source>Image Engine closed unexpectedly</source>
      <translation>Image Engine wurde unerwartet beendet</translation>
    </message>
    <message>
      <source>This was written down on this computer and is sent nowhere. It names no files of yours. If you want to report the fault, copy it.</source>
      <translation>Dies wurde auf diesem Rechner festgehalten und wird nirgendwohin gesendet. Es nennt keine eigenen Dateien. Zum Melden des Fehlers lässt es sich kopieren.</translation>
    </message>
  </context>
  <context>
    <name>Editing</name>
    <message>
      <source>1 item is in the library again</source>
      <translation>1 Element ist wieder in der Bibliothek</translation>
    </message>
    <message>
      <source>1 item is no favourite any more</source>
      <translation>1 Element ist kein Favorit mehr</translation>
    </message>
    <message>
      <source>1 item is picked no more</source>
      <translation>1 Element ist nicht mehr vorgemerkt</translation>
    </message>
    <message>
      <source>1 item is shown again</source>
      <translation>1 Element wird wieder gezeigt</translation>
    </message>
    <message>
      <source>Changed 1 item</source>
      <translation>1 Element geändert</translation>
    </message>
    <message>
      <source>Changed the caption of 1 item</source>
      <translation>Bildunterschrift von 1 Element geändert</translation>
    </message>
    <message>
      <source>Changed the caption of {count} items</source>
      <translation>Bildunterschrift von {count} Elementen geändert</translation>
    </message>
    <message>
      <source>Changed the description of 1 item</source>
      <translation>Beschreibung von 1 Element geändert</translation>
    </message>
    <message>
      <source>Changed the description of {count} items</source>
      <translation>Beschreibung von {count} Elementen geändert</translation>
    </message>
    <message>
      <source>Changed the products of 1 item</source>
      <translation>Produkte von 1 Element geändert</translation>
    </message>
    <message>
      <source>Changed the products of {count} items</source>
      <translation>Produkte von {count} Elementen geändert</translation>
    </message>
    <message>
      <source>Changed the title of 1 item</source>
      <translation>Titel von 1 Element geändert</translation>
    </message>
    <message>
      <source>Changed the title of {count} items</source>
      <translation>Titel von {count} Elementen geändert</translation>
    </message>
    <message>
      <source>Changed {count} items</source>
      <translation>{count} Elemente geändert</translation>
    </message>
    <message>
      <source>Files are taken back from the system's trash: restore them there, and they are here again</source>
      <translation>Dateien werden aus dem Papierkorb des Systems zurückgeholt: Dort wiederherstellen, dann sind sie auch hier wieder da</translation>
    </message>
    <message>
      <source>Hid 1 item; is:hidden finds it</source>
      <translation>1 Element ausgeblendet; is:hidden findet es</translation>
    </message>
    <message>
      <source>Hid {count} items; is:hidden finds them</source>
      <translation>{count} Elemente ausgeblendet; is:hidden findet sie</translation>
    </message>
    <message>
      <source>Labelled 1 item</source>
      <translation>1 Element mit Farbmarke versehen</translation>
    </message>
    <message>
      <source>Labelled {count} items</source>
      <translation>{count} Elemente mit Farbmarke versehen</translation>
    </message>
    <message>
      <source>Made 1 item a favourite</source>
      <translation>1 Element zum Favoriten gemacht</translation>
    </message>
    <message>
      <source>Made {count} items favourites</source>
      <translation>{count} Elemente zu Favoriten gemacht</translation>
    </message>
    <message>
      <source>Moved the file of 1 item to the trash; it can be restored there</source>
      <translation>Datei von 1 Element in den Papierkorb gelegt; dort lässt sie sich wiederherstellen</translation>
    </message>
    <message>
      <source>Moved the files of {count} items to the trash; they can be restored there</source>
      <translation>Dateien von {count} Elementen in den Papierkorb gelegt; dort lassen sie sich wiederherstellen</translation>
    </message>
    <message>
      <source>Open trash</source>
      <translation>Papierkorb öffnen</translation>
    </message>
    <message>
      <source>Picked 1 item; is:picked finds it</source>
      <translation>1 Element vorgemerkt; is:picked findet es</translation>
    </message>
    <message>
      <source>Picked {count} items; is:picked finds them</source>
      <translation>{count} Elemente vorgemerkt; is:picked findet sie</translation>
    </message>
    <message>
      <source>Rated 1 item ★{stars}</source>
      <translation>1 Element mit ★{stars} bewertet</translation>
    </message>
    <message>
      <source>Rated {count} items ★{stars}</source>
      <translation>{count} Elemente mit ★{stars} bewertet</translation>
    </message>
    <message>
      <source>Redo</source>
      <translation>Wiederholen</translation>
    </message>
    <message>
      <source>Rejected 1 item</source>
      <translation>1 Element abgelehnt</translation>
    </message>
    <message>
      <source>Rejected {count} items</source>
      <translation>{count} Elemente abgelehnt</translation>
    </message>
    <message>
      <source>Removed 1 item from the library; its file stays on disk</source>
      <translation>1 Element aus der Bibliothek genommen; die Datei bleibt</translation>
    </message>
    <message>
      <source>Removed {count} items from the library; their files stay on disk</source>
      <translation>{count} Elemente aus der Bibliothek genommen; die Dateien bleiben</translation>
    </message>
    <message>
      <source>Tagged 1 item “{names}”</source>
      <translation>1 Element mit „{names}“ verschlagwortet</translation>
    </message>
    <message>
      <source>Tagged {count} items “{names}”</source>
      <translation>{count} Elemente mit „{names}“ verschlagwortet</translation>
    </message>
    <message>
      <source>Took the label of 1 item away</source>
      <translation>Farbmarke von 1 Element entfernt</translation>
    </message>
    <message>
      <source>Took the labels of {count} items away</source>
      <translation>Farbmarken von {count} Elementen entfernt</translation>
    </message>
    <message>
      <source>Took the rating of 1 item away</source>
      <translation>Bewertung von 1 Element entfernt</translation>
    </message>
    <message>
      <source>Took the rating of {count} items away</source>
      <translation>Bewertung von {count} Elementen entfernt</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>Rückgängig</translation>
    </message>
    <message>
      <source>Undone: {what}</source>
      <translation>Rückgängig gemacht: {what}</translation>
    </message>
    <message>
      <source>What you said of “{name}” is taken back</source>
      <translation>Die Angabe zu „{name}“ ist zurückgenommen</translation>
    </message>
    <message>
      <source>{count} items are in the library again</source>
      <translation>{count} Elemente sind wieder in der Bibliothek</translation>
    </message>
    <message>
      <source>{count} items are no favourites any more</source>
      <translation>{count} Elemente sind keine Favoriten mehr</translation>
    </message>
    <message>
      <source>{count} items are picked no more</source>
      <translation>{count} Elemente sind nicht mehr vorgemerkt</translation>
    </message>
    <message>
      <source>{count} items are shown again</source>
      <translation>{count} Elemente werden wieder gezeigt</translation>
    </message>
    <message>
      <source>“{name}” is right, for good</source>
      <translation>„{name}“ stimmt, dauerhaft</translation>
    </message>
    <message>
      <source>“{name}” is wrong: it will not be found by it any more</source>
      <translation>„{name}“ stimmt nicht: Es wird damit nicht mehr gefunden</translation>
    </message>
  </context>
  <context>
    <name>Elsewhere</name>
    <message>
      <source>No program here shows folders.</source>
      <translation>Hier zeigt kein Programm Ordner an.</translation>
    </message>
  </context>
  <context>
    <name>Engine</name>
    <message>
      <source>clip_exists</source>
      <translation>{path} ist schon da; es wurde nichts geschrieben.</translation>
    </message>
    <message>
      <source>cloud_no_key</source>
      <translation>Für den Dienst ist kein Schlüssel hinterlegt.</translation>
    </message>
    <message>
      <source>cloud_offline</source>
      <translation>„Offline bleiben“ ist eingeschaltet: Nichts wird gesendet.</translation>
    </message>
    <message>
      <source>damaged</source>
      <translation>{name} enthält andere Bytes als beim Hinzufügen, obwohl Größe und Datum gleich sind: Der Datenträger oder ein Programm hat die Datei beschädigt. Aus einer Sicherung wiederherstellen.</translation>
    </message>
    <message>
      <source>disk_full</source>
      <translation>Der Datenträger der Bibliothek ist voll. Platz schaffen, dann fortsetzen: Nichts ist verloren.</translation>
    </message>
    <message>
      <source>engine_unasked</source>
      <translation>Läufe verlangen Engines, wie es die Einstellungen sagen: inference.engine_batch und inference.vram_percent; sonst mit --output eine eigene Datei nennen.</translation>
    </message>
    <message>
      <source>folder_unreadable</source>
      <translation>Der Ordner {folder} ist nicht lesbar; was über seine Dateien bekannt ist, bleibt erhalten.</translation>
    </message>
    <message>
      <source>int8</source>
      <translation>Das Netz ließ sich nicht in INT8 schreiben.</translation>
    </message>
    <message>
      <source>int8_nothing</source>
      <translation>Dieses Netz hat keine Schicht, die INT8 schneller machen würde.</translation>
    </message>
    <message>
      <source>int8_photos</source>
      <translation>INT8 wird mit 30 Fotos oder mehr gemacht, besser mit 240; hier sind {photos}.</translation>
    </message>
    <message>
      <source>library_busy</source>
      <translation>Die Bibliothek wird gerade von einem anderen Programm benutzt. Nochmals versuchen.</translation>
    </message>
    <message>
      <source>name_taken</source>
      <translation>Der Name {name} ist schon vergeben.</translation>
    </message>
    <message>
      <source>no_media</source>
      <translation>{name} ist weder Foto noch Video und wurde ausgelassen.</translation>
    </message>
    <message>
      <source>no_photos</source>
      <translation>Es gibt keine Fotos, an denen Genauigkeiten verglichen werden könnten.</translation>
    </message>
    <message>
      <source>no_such_card</source>
      <translation>inference.device={device} ist keine Grafikkarte dieses Computers.</translation>
    </message>
    <message>
      <source>no_such_path</source>
      <translation>Es gibt keine Datei und keinen Ordner „{path}“.</translation>
    </message>
    <message>
      <source>not_trashed</source>
      <translation>{name} wurde nicht verschoben: {reason}.</translation>
    </message>
    <message>
      <source>read_only</source>
      <translation>Die Bibliothek ist nur zum Lesen geöffnet.</translation>
    </message>
    <message>
      <source>root_doubtful</source>
      <translation>{folder}: Viele Dateien waren beim letzten Durchsehen nicht da. Sie bleiben, wie sie sind, bis der Ordner wieder vollständig ist.</translation>
    </message>
    <message>
      <source>root_offline</source>
      <translation>Der Ordner {folder} ist nicht erreichbar oder leer; was über seine Dateien bekannt ist, bleibt erhalten.</translation>
    </message>
    <message>
      <source>set_lacking</source>
      <translation>analysis.networks={set} ist noch nicht nutzbar: {lacking} fehlt. Holen Sie die Netze mit `networks get`, oder wählen Sie starter.</translation>
    </message>
    <message>
      <source>setting_value</source>
      <translation>Die Einstellung {key} kann nicht {value} sein.</translation>
    </message>
    <message>
      <source>settings_save</source>
      <translation>Die Einstellungen konnten nicht in {file} gespeichert werden; was vorher galt, ist unverändert.</translation>
    </message>
  </context>
  <context>
    <name>FilmBoxes</name>
    <message>
      <source>Go to {time}</source>
      <translation>Zu {time}</translation>
    </message>
    <message>
      <source>Products were seen at {times}.</source>
      <translation>Produkte wurden gesehen bei {times}.</translation>
    </message>
  </context>
  <context>
    <name>FilmCommands</name>
    <message>
      <source>Copied the frame at {time}, {width} × {height}</source>
      <translation>Bild bei {time} kopiert, {width} × {height}</translation>
    </message>
    <message>
      <source>Exported {name}, {length}</source>
      <translation>{name} exportiert, {length}</translation>
    </message>
    <message>
      <source>Mark with A and B what is to become a clip.</source>
      <translation>Markieren Sie mit A und B, was ein Ausschnitt werden soll.</translation>
    </message>
    <message>
      <source>Show in folder</source>
      <translation>Im Ordner zeigen</translation>
    </message>
  </context>
  <context>
    <name>FilmControls</name>
    <message>
      <source>1 place found</source>
      <translation>1 Stelle gefunden</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>Anhalten</translation>
    </message>
    <message>
      <source>Play</source>
      <translation>Abspielen</translation>
    </message>
    <message>
      <source>Speed</source>
      <translation>Geschwindigkeit</translation>
    </message>
    <message>
      <source>Volume</source>
      <translation>Lautstärke</translation>
    </message>
    <message>
      <source>{count} places found</source>
      <translation>{count} Stellen gefunden</translation>
    </message>
    <message>
      <source>{place} of {count} found</source>
      <translation>{place} von {count} gefunden</translation>
    </message>
  </context>
  <context>
    <name>FilmCost</name>
    <message>
      <source>Options…</source>
      <translation>Optionen …</translation>
    </message>
  </context>
  <context>
    <name>FilmCostPart</name>
    <message>
      <source>All in the library, {cost}.</source>
      <translation>Alle in der Bibliothek, {cost}.</translation>
    </message>
    <message>
      <source>There is no video in the library yet.</source>
      <translation>In der Bibliothek ist noch kein Video.</translation>
    </message>
    <message>
      <source>Videos are found by their poster and their file alone.</source>
      <translation>Videos werden nur an ihrem Vorschaubild und ihrer Datei gefunden.</translation>
    </message>
  </context>
  <context>
    <name>FilmLine</name>
    <message>
      <source>Position</source>
      <translation>Stelle</translation>
    </message>
  </context>
  <context>
    <name>FilmPage</name>
    <message>
      <source>Open externally</source>
      <translation>Extern öffnen</translation>
    </message>
  </context>
  <context>
    <name>FilmPart</name>
    <message>
      <source>Followed</source>
      <translation>Verfolgt</translation>
    </message>
    <message>
      <source>Moments · {count}</source>
      <translation>Momente · {count}</translation>
    </message>
    <message>
      <source>Open here</source>
      <translation>Hier öffnen</translation>
    </message>
    <message>
      <source>What is said</source>
      <translation>Was gesagt wird</translation>
    </message>
  </context>
  <context>
    <name>FilmTranscript</name>
    <message>
      <source>What is said</source>
      <translation>Was gesagt wird</translation>
    </message>
  </context>
  <context>
    <name>Filmstrip</name>
    <message>
      <source>Neighbours</source>
      <translation>Nachbarn</translation>
    </message>
    <message>
      <source>{row} of {all}</source>
      <translation>{row} von {all}</translation>
    </message>
  </context>
  <context>
    <name>FirstRun</name>
    <message>
      <source>Add a folder with photos and videos</source>
      <translation>Ordner mit Fotos und Videos hinzufügen</translation>
    </message>
    <message>
      <source>Add folder…</source>
      <translation>Ordner hinzufügen…</translation>
    </message>
    <message>
      <source>Or drop one here. Your files are never changed or moved. Everything is analysed on this computer.</source>
      <translation>Oder einen hierher ziehen. Dateien werden nie verändert oder verschoben. Alles wird auf diesem Rechner analysiert.</translation>
    </message>
  </context>
  <context>
    <name>FolderManager</name>
    <message>
      <source>Add again</source>
      <translation>Wieder hinzufügen</translation>
    </message>
    <message>
      <source>Add folder…</source>
      <translation>Ordner hinzufügen…</translation>
    </message>
    <message>
      <source>Are the missing files of {folder} really gone?</source>
      <translation>Sind die fehlenden Dateien von {folder} wirklich weg?</translation>
    </message>
    <message>
      <source>Forget all that is known about {folder}?</source>
      <translation>Alles vergessen, was über {folder} bekannt ist?</translation>
    </message>
    <message>
      <source>Forget for good</source>
      <translation>Endgültig vergessen</translation>
    </message>
    <message>
      <source>Forget…</source>
      <translation>Vergessen…</translation>
    </message>
    <message>
      <source>Its {count} photos and videos are no longer shown. The files stay where they are. Your ratings and tags are kept and come back if you add the folder again.</source>
      <translation>Die {count} Fotos und Videos werden nicht mehr gezeigt. Die Dateien bleiben, wo sie sind. Bewertungen und Schlagwörter bleiben erhalten und kommen zurück, wenn der Ordner wieder hinzugefügt wird.</translation>
    </message>
    <message>
      <source>Keep</source>
      <translation>Behalten</translation>
    </message>
    <message>
      <source>Look again</source>
      <translation>Durchsehen</translation>
    </message>
    <message>
      <source>No folder is in the library yet.</source>
      <translation>Noch kein Ordner in der Bibliothek.</translation>
    </message>
    <message>
      <source>Take out</source>
      <translation>Herausnehmen</translation>
    </message>
    <message>
      <source>Take out…</source>
      <translation>Herausnehmen…</translation>
    </message>
    <message>
      <source>Take {folder} out of the library?</source>
      <translation>{folder} aus der Bibliothek nehmen?</translation>
    </message>
    <message>
      <source>Taken out</source>
      <translation>Herausgenommen</translation>
    </message>
    <message>
      <source>They are gone</source>
      <translation>Sie sind weg</translation>
    </message>
    <message>
      <source>They are gone…</source>
      <translation>Wirklich weg…</translation>
    </message>
    <message>
      <source>Wait for them</source>
      <translation>Auf sie warten</translation>
    </message>
    <message>
      <source>Your ratings and tags of these folders are kept until you forget them.</source>
      <translation>Bewertungen und Schlagwörter dieser Ordner bleiben, bis sie vergessen werden.</translation>
    </message>
    <message>
      <source>Your ratings, tags and names for its photos are deleted for good. The files stay.</source>
      <translation>Bewertungen, Schlagwörter und Namen dieser Fotos werden endgültig gelöscht. Die Dateien bleiben.</translation>
    </message>
    <message>
      <source>{count} files</source>
      <translation>{count} Dateien</translation>
    </message>
  </context>
  <context>
    <name>GpuPart</name>
    <message>
      <source>Load</source>
      <translation>Auslastung</translation>
    </message>
    <message>
      <source>Memory of the card</source>
      <translation>Kartenspeicher</translation>
    </message>
    <message>
      <source>Memory, shared with the processor</source>
      <translation>Speicher, mit dem Prozessor geteilt</translation>
    </message>
    <message>
      <source>not told</source>
      <translation>unbekannt</translation>
    </message>
  </context>
  <context>
    <name>Grid</name>
    <message>
      <source>1 file</source>
      <translation>1 Datei</translation>
    </message>
    <message>
      <source>Photos and videos</source>
      <translation>Fotos und Videos</translation>
    </message>
    <message>
      <source>{count} copies</source>
      <translation>{count} Kopien</translation>
    </message>
  </context>
  <context>
    <name>GridPage</name>
    <message>
      <source> · {count} selected</source>
      <translation> · {count} ausgewählt</translation>
    </message>
    <message>
      <source>1 file</source>
      <translation>1 Datei</translation>
    </message>
    <message>
      <source>Size of the tiles</source>
      <translation>Größe der Kacheln</translation>
    </message>
    <message>
      <source>Size of the tiles (Ctrl + wheel)</source>
      <translation>Größe der Kacheln (Strg + Mausrad)</translation>
    </message>
    <message>
      <source>Square tiles</source>
      <translation>Quadratische Kacheln</translation>
    </message>
    <message>
      <source>{count} files</source>
      <translation>{count} Dateien</translation>
    </message>
  </context>
  <context>
    <name>Hint</name>
    <message>
      <source>Do not show this again</source>
      <translation>Nicht mehr zeigen</translation>
    </message>
    <message>
      <source>No NVIDIA graphics card was found, so the processor looks at the photos. Everything works; it takes longer.</source>
      <translation>Es wurde keine Grafikkarte von NVIDIA gefunden, daher sieht der Prozessor die Fotos an. Alles funktioniert; es dauert länger.</translation>
    </message>
  </context>
  <context>
    <name>Indicator</name>
    <message>
      <source>Activity: {text}</source>
      <translation>Aktivität: {text}</translation>
    </message>
    <message>
      <source>Up to date</source>
      <translation>Auf dem neuesten Stand</translation>
    </message>
    <message>
      <source>Up to date · 1 problem</source>
      <translation>Auf dem neuesten Stand · 1 Problem</translation>
    </message>
    <message>
      <source>Up to date · {count} problems</source>
      <translation>Auf dem neuesten Stand · {count} Probleme</translation>
    </message>
  </context>
  <context>
    <name>Info</name>
    <message>
      <source>Camera</source>
      <translation>Kamera</translation>
    </message>
    <message>
      <source>Copyright</source>
      <translation>Copyright</translation>
    </message>
    <message>
      <source>Creator</source>
      <translation>Urheber</translation>
    </message>
    <message>
      <source>Duration</source>
      <translation>Dauer</translation>
    </message>
    <message>
      <source>E</source>
      <translation>O</translation>
    </message>
    <message>
      <source>Exposure</source>
      <translation>Belichtung</translation>
    </message>
    <message>
      <source>File</source>
      <translation>Datei</translation>
    </message>
    <message>
      <source>Film</source>
      <translation>Film</translation>
    </message>
    <message>
      <source>From: {source}</source>
      <translation>Quelle: {source}</translation>
    </message>
    <message>
      <source>Label</source>
      <translation>Marke</translation>
    </message>
    <message>
      <source>Lens</source>
      <translation>Objektiv</translation>
    </message>
    <message>
      <source>N</source>
      <translation>N</translation>
    </message>
    <message>
      <source>Picture</source>
      <translation>Bild</translation>
    </message>
    <message>
      <source>Place</source>
      <translation>Ort</translation>
    </message>
    <message>
      <source>Position</source>
      <translation>Stelle</translation>
    </message>
    <message>
      <source>Quality</source>
      <translation>Qualität</translation>
    </message>
    <message>
      <source>S</source>
      <translation>S</translation>
    </message>
    <message>
      <source>Taken</source>
      <translation>Aufgenommen</translation>
    </message>
    <message>
      <source>Town</source>
      <translation>Ort</translation>
    </message>
    <message>
      <source>W</source>
      <translation>W</translation>
    </message>
    <message>
      <source>blurred</source>
      <translation>unscharf</translation>
    </message>
    <message>
      <source>burnt-out highlights</source>
      <translation>ausgebrannte Lichter</translation>
    </message>
    <message>
      <source>done</source>
      <translation>fertig</translation>
    </message>
    <message>
      <source>failed</source>
      <translation>gescheitert</translation>
    </message>
    <message>
      <source>from the XMP file beside it</source>
      <translation>aus der XMP-Datei daneben</translation>
    </message>
    <message>
      <source>from the file</source>
      <translation>aus der Datei</translation>
    </message>
    <message>
      <source>given by you</source>
      <translation>selbst vergeben</translation>
    </message>
    <message>
      <source>low contrast</source>
      <translation>kontrastarm</translation>
    </message>
    <message>
      <source>no detail</source>
      <translation>ohne Einzelheiten</translation>
    </message>
    <message>
      <source>noisy</source>
      <translation>verrauscht</translation>
    </message>
    <message>
      <source>seen by {network}, {score}</source>
      <translation>gesehen von {network}, {score}</translation>
    </message>
    <message>
      <source>small</source>
      <translation>klein</translation>
    </message>
    <message>
      <source>the XMP file beside it</source>
      <translation>die XMP-Datei daneben</translation>
    </message>
    <message>
      <source>the file's name</source>
      <translation>der Dateiname</translation>
    </message>
    <message>
      <source>the picture itself</source>
      <translation>das Bild selbst</translation>
    </message>
    <message>
      <source>too bright</source>
      <translation>zu hell</translation>
    </message>
    <message>
      <source>too dark</source>
      <translation>zu dunkel</translation>
    </message>
    <message>
      <source>waiting</source>
      <translation>wartet</translation>
    </message>
    <message>
      <source>you</source>
      <translation>eigene Angabe</translation>
    </message>
    <message>
      <source>{count} at once</source>
      <translation>{count} zugleich</translation>
    </message>
    <message>
      <source>{count} items selected</source>
      <translation>{count} Elemente ausgewählt</translation>
    </message>
    <message>
      <source>{fps} frames a second</source>
      <translation>{fps} Bilder pro Sekunde</translation>
    </message>
  </context>
  <context>
    <name>InfoPanel</name>
    <message>
      <source>Nothing is selected</source>
      <translation>Nichts ausgewählt</translation>
    </message>
    <message>
      <source>Reading…</source>
      <translation>Wird gelesen…</translation>
    </message>
    <message>
      <source>Select photos to see details.</source>
      <translation>Fotos auswählen, um Einzelheiten zu sehen.</translation>
    </message>
  </context>
  <context>
    <name>ItemCommands</name>
    <message>
      <source>1 item will be analysed again</source>
      <translation>1 Element wird neu analysiert</translation>
    </message>
    <message>
      <source>Copied 1 file</source>
      <translation>1 Datei kopiert</translation>
    </message>
    <message>
      <source>Copied 1 path</source>
      <translation>1 Pfad kopiert</translation>
    </message>
    <message>
      <source>Copied {count} files</source>
      <translation>{count} Dateien kopiert</translation>
    </message>
    <message>
      <source>Copied {count} paths</source>
      <translation>{count} Pfade kopiert</translation>
    </message>
    <message>
      <source>Export facts</source>
      <translation>Angaben exportieren</translation>
    </message>
    <message>
      <source>JSON (*.json)</source>
      <translation>JSON (*.json)</translation>
    </message>
    <message>
      <source>No program opens this file: {path}</source>
      <translation>Kein Programm öffnet diese Datei: {path}</translation>
    </message>
    <message>
      <source>None of these files can be reached now.</source>
      <translation>Keine dieser Dateien ist jetzt erreichbar.</translation>
    </message>
    <message>
      <source>The first {most} of {count} are compared.</source>
      <translation>Die ersten {most} von {count} werden verglichen.</translation>
    </message>
    <message>
      <source>What the system opens it with</source>
      <translation>Womit das System sie öffnet</translation>
    </message>
    <message>
      <source>Wrote the facts of 1 item to {path}</source>
      <translation>Angaben zu 1 Element nach {path} geschrieben</translation>
    </message>
    <message>
      <source>Wrote the facts of {count} items to {path}</source>
      <translation>Angaben zu {count} Elementen nach {path} geschrieben</translation>
    </message>
    <message>
      <source>{count} items will be analysed again</source>
      <translation>{count} Elemente werden neu analysiert</translation>
    </message>
    <message>
      <source>{name} cannot be reached now.</source>
      <translation>{name} ist gerade nicht erreichbar.</translation>
    </message>
    <message>
      <source>{name} could not be started.</source>
      <translation>{name} konnte nicht gestartet werden.</translation>
    </message>
  </context>
  <context>
    <name>KeyPart</name>
    <message>
      <source>API key</source>
      <translation>API-Schlüssel</translation>
    </message>
    <message>
      <source>Another key</source>
      <translation>Anderer Schlüssel</translation>
    </message>
    <message>
      <source>Choose a service first.</source>
      <translation>Erst einen Dienst wählen.</translation>
    </message>
    <message>
      <source>Delete the key</source>
      <translation>Schlüssel löschen</translation>
    </message>
    <message>
      <source>Delete the key for {name}?</source>
      <translation>Den Schlüssel für {name} löschen?</translation>
    </message>
    <message>
      <source>Delete the key…</source>
      <translation>Schlüssel löschen…</translation>
    </message>
    <message>
      <source>Get a key…</source>
      <translation>Schlüssel holen…</translation>
    </message>
    <message>
      <source>It cannot be brought back: to ask {name} again, it has to be typed in.</source>
      <translation>Er lässt sich nicht zurückholen: Um {name} wieder zu fragen, muss er neu eingegeben werden.</translation>
    </message>
    <message>
      <source>Replace</source>
      <translation>Ersetzen</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>Speichern</translation>
    </message>
    <message>
      <source>The key for {name} comes from NVIDIA_API_KEY in the environment.</source>
      <translation>Der Schlüssel für {name} kommt aus NVIDIA_API_KEY in der Umgebung.</translation>
    </message>
    <message>
      <source>The key for {name} comes from the file .env in the current folder.</source>
      <translation>Der Schlüssel für {name} kommt aus der Datei .env im aktuellen Ordner.</translation>
    </message>
    <message>
      <source>The key for {name} is in the system's keyring.</source>
      <translation>Der Schlüssel für {name} liegt im Schlüsselbund des Systems.</translation>
    </message>
    <message>
      <source>The key for {name} is kept until the program ends, and nowhere else.</source>
      <translation>Der Schlüssel für {name} bleibt bis zum Beenden im Programm und sonst nirgends.</translation>
    </message>
    <message>
      <source>There is no key for {name} yet.</source>
      <translation>Für {name} gibt es noch keinen Schlüssel.</translation>
    </message>
    <message>
      <source>There is no key for {name}; most servers at home need none.</source>
      <translation>Für {name} gibt es keinen Schlüssel; die meisten Server zu Hause brauchen keinen.</translation>
    </message>
    <message>
      <source>Use for this run only</source>
      <translation>Nur bis zum Beenden benutzen</translation>
    </message>
  </context>
  <context>
    <name>KeyRow</name>
    <message>
      <source>Back to the default keys</source>
      <translation>Zurück zu den üblichen Tasten</translation>
    </message>
    <message>
      <source>Keys of {command}</source>
      <translation>Tasten für {command}</translation>
    </message>
  </context>
  <context>
    <name>KeysPage</name>
    <message>
      <source>Click the keys of a command, then press others. Backspace takes them away.</source>
      <translation>Auf die Tasten eines Befehls klicken, dann andere drücken. Die Rücktaste nimmt sie weg.</translation>
    </message>
    <message>
      <source>{key} was a key of “{other}” and is taken from it.</source>
      <translation>{key} war eine Taste von „{other}“ und wird dort entfernt.</translation>
    </message>
  </context>
  <context>
    <name>Language</name>
    <message>
      <source>en</source>
      <translation>de</translation>
    </message>
  </context>
  <context>
    <name>MainWindow</name>
    <message>
      <source>Info</source>
      <translation>Info</translation>
    </message>
    <message>
      <source>Sidebar</source>
      <translation>Seitenleiste</translation>
    </message>
  </context>
  <context>
    <name>Menu</name>
    <message>
      <source>Analyse again</source>
      <translation>Neu analysieren</translation>
    </message>
    <message>
      <source>Colour label</source>
      <translation>Farbmarke</translation>
    </message>
    <message>
      <source>Export facts…</source>
      <translation>Angaben exportieren…</translation>
    </message>
    <message>
      <source>Moves the files themselves to the system's trash, after a question.</source>
      <translation>Legt die Dateien selbst in den Papierkorb des Systems, nach einer Rückfrage.</translation>
    </message>
    <message>
      <source>No label</source>
      <translation>Keine Marke</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>Öffnen</translation>
    </message>
    <message>
      <source>Open with…</source>
      <translation>Öffnen mit…</translation>
    </message>
    <message>
      <source>Rate</source>
      <translation>Bewerten</translation>
    </message>
    <message>
      <source>Shows them no more; is:hidden finds them.</source>
      <translation>Zeigt sie nicht mehr an; is:hidden findet sie.</translation>
    </message>
    <message>
      <source>Takes them out of the library. Their files stay where they are.</source>
      <translation>Nimmt sie aus der Bibliothek. Ihre Dateien bleiben, wo sie sind.</translation>
    </message>
  </context>
  <context>
    <name>Moments</name>
    <message>
      <source>found</source>
      <translation>gefunden</translation>
    </message>
  </context>
  <context>
    <name>MomentsList</name>
    <message>
      <source>Moments</source>
      <translation>Momente</translation>
    </message>
  </context>
  <context>
    <name>Networks</name>
    <message>
      <source> and </source>
      <translation> und </translation>
    </message>
    <message>
      <source>Asking the hub</source>
      <translation>Fragt den Hub</translation>
    </message>
    <message>
      <source>Building engines for the graphics card, {steps} steps done</source>
      <translation>Baut Engines für die Grafikkarte, {steps} Schritte getan</translation>
    </message>
    <message>
      <source>Downloads {name} from the Hugging Face hub; nothing of yours is sent.</source>
      <translation>Lädt {name} vom Hugging Face Hub herunter; nichts von Ihnen wird gesendet.</translation>
    </message>
    <message>
      <source>Get {names} first; they are listed on this page.</source>
      <translation>Holen Sie zuerst {names}; sie stehen auf dieser Seite.</translation>
    </message>
    <message>
      <source>Learning the words for pictures; this takes some minutes, once</source>
      <translation>Lernt die Wörter für Bilder; das dauert einmal einige Minuten</translation>
    </message>
    <message>
      <source>Making the networks and comparing them with their original</source>
      <translation>Macht die Netze und vergleicht sie mit ihrem Original</translation>
    </message>
    <message>
      <source>Waits for the other one</source>
      <translation>Wartet auf das andere</translation>
    </message>
    <message>
      <source>also needs the extra speech: {command}</source>
      <translation>braucht auch den Zusatz speech: {command}</translation>
    </message>
    <message>
      <source>engine {precision} for {card}</source>
      <translation>Engine {precision} für {card}</translation>
    </message>
    <message>
      <source>finds objects and where they are</source>
      <translation>findet Dinge und wo sie sind</translation>
    </message>
    <message>
      <source>finds pictures by what is meant</source>
      <translation>findet Bilder nach dem, was gemeint ist</translation>
    </message>
    <message>
      <source>finds pictures by what is meant, and names scenes</source>
      <translation>findet Bilder nach dem, was gemeint ist, und benennt Szenen</translation>
    </message>
    <message>
      <source>it runs at NVIDIA, so every photo would leave this computer; CLIP does the same here</source>
      <translation>es läuft bei NVIDIA, also würde jedes Foto diesen Rechner verlassen; CLIP leistet hier dasselbe</translation>
    </message>
    <message>
      <source>names what a picture shows</source>
      <translation>benennt, was ein Bild zeigt</translation>
    </message>
    <message>
      <source>on this computer</source>
      <translation>auf diesem Rechner</translation>
    </message>
    <message>
      <source>understands what is searched for</source>
      <translation>versteht, was gesucht wird</translation>
    </message>
    <message>
      <source>writes down what is said in videos</source>
      <translation>schreibt auf, was in Videos gesagt wird</translation>
    </message>
    <message>
      <source>{done} of {total}</source>
      <translation>{done} von {total}</translation>
    </message>
    <message>
      <source>{name} is left out: {reason}.</source>
      <translation>{name} ist weggelassen: {reason}.</translation>
    </message>
    <message>
      <source>{size} of it are there</source>
      <translation>{size} davon sind da</translation>
    </message>
    <message>
      <source>{size} on this computer</source>
      <translation>{size} auf diesem Rechner</translation>
    </message>
    <message>
      <source>{size} to download</source>
      <translation>{size} herunterzuladen</translation>
    </message>
  </context>
  <context>
    <name>NetworksPart</name>
    <message>
      <source>Batch</source>
      <translation>Stapel</translation>
    </message>
    <message>
      <source>Network</source>
      <translation>Netz</translation>
    </message>
    <message>
      <source>Pictures/s</source>
      <translation>Bilder/s</translation>
    </message>
    <message>
      <source>Runs on</source>
      <translation>Läuft auf</translation>
    </message>
  </context>
  <context>
    <name>Notices</name>
    <message>
      <source>Something went wrong inside the program: {error}</source>
      <translation>Im Programm ist etwas schiefgegangen: {error}</translation>
    </message>
  </context>
  <context>
    <name>OfferRow</name>
    <message>
      <source>Build engines</source>
      <translation>Engines bauen</translation>
    </message>
    <message>
      <source>From a folder…</source>
      <translation>Aus einem Ordner…</translation>
    </message>
    <message>
      <source>Get</source>
      <translation>Holen</translation>
    </message>
    <message>
      <source>Go on</source>
      <translation>Weiter</translation>
    </message>
    <message>
      <source>Otherwise they are built when they are first needed, which takes minutes.</source>
      <translation>Sonst werden sie gebaut, wenn sie zuerst gebraucht werden, was Minuten dauert.</translation>
    </message>
    <message>
      <source>Remove…</source>
      <translation>Entfernen…</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>The folder with {name} as it was downloaded</source>
      <translation>Der Ordner mit {name}, wie es heruntergeladen wurde</translation>
    </message>
    <message>
      <source>What was downloaded is kept; it goes on there the next time.</source>
      <translation>Was heruntergeladen ist, bleibt; beim nächsten Mal geht es dort weiter.</translation>
    </message>
    <message>
      <source>{action}: {name}</source>
      <translation>{action}: {name}</translation>
    </message>
  </context>
  <context>
    <name>OptionRow</name>
    <message>
      <source>Back to the default: {value}</source>
      <translation>Zurück zur Vorgabe: {value}</translation>
    </message>
  </context>
  <context>
    <name>PermissionsPart</name>
    <message>
      <source>A folder from which nothing may ever be sent</source>
      <translation>Ein Ordner, aus dem nie etwas gesendet werden darf</translation>
    </message>
    <message>
      <source>A folder whose pictures may be sent to {whom}</source>
      <translation>Ein Ordner, dessen Bilder an {whom} gesendet werden dürfen</translation>
    </message>
    <message>
      <source>Allow a folder…</source>
      <translation>Ordner erlauben…</translation>
    </message>
    <message>
      <source>Ask about all</source>
      <translation>Nach allem fragen</translation>
    </message>
    <message>
      <source>Ask about all that lies in {folder}?</source>
      <translation>Nach allem fragen, was in {folder} liegt?</translation>
    </message>
    <message>
      <source>Never send a folder…</source>
      <translation>Ordner nie senden…</translation>
    </message>
    <message>
      <source>Nothing leaves a folder that is not listed here. What is ticked is asked by itself, also for new files.</source>
      <translation>Aus Ordnern, die hier nicht stehen, verlässt nichts den Rechner. Angekreuztes wird von selbst gefragt, auch bei neuen Dateien.</translation>
    </message>
    <message>
      <source>Take it off the list</source>
      <translation>Von der Liste nehmen</translation>
    </message>
    <message>
      <source>Take {folder} off the list</source>
      <translation>{folder} von der Liste nehmen</translation>
    </message>
    <message>
      <source>What may be sent</source>
      <translation>Was gesendet werden darf</translation>
    </message>
    <message>
      <source>may be sent to {whom}</source>
      <translation>darf an {whom} gesendet werden</translation>
    </message>
    <message>
      <source>never</source>
      <translation>nie</translation>
    </message>
  </context>
  <context>
    <name>Player</name>
    <message>
      <source>The file cannot be read.</source>
      <translation>Die Datei kann nicht gelesen werden.</translation>
    </message>
    <message>
      <source>This video cannot be played here: {reason}</source>
      <translation>Dieses Video kann hier nicht abgespielt werden: {reason}</translation>
    </message>
    <message>
      <source>Videos cannot be played here: {reason}.</source>
      <translation>Videos können hier nicht abgespielt werden: {reason}.</translation>
    </message>
    <message>
      <source>its pictures cannot be decoded</source>
      <translation>seine Bilder lassen sich nicht entschlüsseln</translation>
    </message>
  </context>
  <context>
    <name>PricePart</name>
    <message>
      <source>Choosing photos</source>
      <translation>Wählt Fotos aus</translation>
    </message>
    <message>
      <source>Measure on my photos</source>
      <translation>An meinen Fotos messen</translation>
    </message>
    <message>
      <source>Measured on {date} with {count} of your photos. Compared is what would be shown first.</source>
      <translation>Gemessen am {date} mit {count} Ihrer Fotos. Verglichen wird, was zuerst gezeigt würde.</translation>
    </message>
    <message>
      <source>Measuring {name}</source>
      <translation>Misst {name}</translation>
    </message>
    <message>
      <source>Pictures/s</source>
      <translation>Bilder/s</translation>
    </message>
    <message>
      <source>Precision</source>
      <translation>Genauigkeit</translation>
    </message>
    <message>
      <source>Same results</source>
      <translation>Gleiche Ergebnisse</translation>
    </message>
    <message>
      <source>Speed</source>
      <translation>Tempo</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>What a precision gains in speed and costs in results depends on this computer and your photos; measuring it takes a minute or two, and nothing is changed.</source>
      <translation>Was eine Genauigkeit an Tempo bringt und an Ergebnissen kostet, hängt von diesem Rechner und Ihren Fotos ab; das Messen dauert ein, zwei Minuten und ändert nichts.</translation>
    </message>
  </context>
  <context>
    <name>Problems</name>
    <message>
      <source>1 problem</source>
      <translation>1 Problem</translation>
    </message>
    <message>
      <source>All files could be read</source>
      <translation>Alle Dateien konnten gelesen werden</translation>
    </message>
    <message>
      <source>Retry all</source>
      <translation>Alle erneut versuchen</translation>
    </message>
    <message>
      <source>Retry selected</source>
      <translation>Ausgewählte erneut versuchen</translation>
    </message>
    <message>
      <source>What went wrong, with the reason</source>
      <translation>Was nicht gelang, mit dem Grund</translation>
    </message>
    <message>
      <source>{count} problems</source>
      <translation>{count} Probleme</translation>
    </message>
  </context>
  <context>
    <name>Products</name>
    <message>
      <source>on 1 picture</source>
      <translation>auf 1 Bild</translation>
    </message>
    <message>
      <source>on {count} pictures</source>
      <translation>auf {count} Bildern</translation>
    </message>
    <message>
      <source>with {others}</source>
      <translation>mit {others}</translation>
    </message>
  </context>
  <context>
    <name>ProductsPage</name>
    <message>
      <source>1 product</source>
      <translation>1 Produkt</translation>
    </message>
    <message>
      <source>Filter products</source>
      <translation>Produkte filtern</translation>
    </message>
    <message>
      <source>No product is called so</source>
      <translation>Kein Produkt heißt so</translation>
    </message>
    <message>
      <source>No product is known yet</source>
      <translation>Noch kein Produkt bekannt</translation>
    </message>
    <message>
      <source>Products</source>
      <translation>Produkte</translation>
    </message>
    <message>
      <source>Select photos, right-click them and choose “Detect products…”.</source>
      <translation>Fotos auswählen, rechts darauf klicken und „Produkte erkennen…“ wählen.</translation>
    </message>
    <message>
      <source>Show all products</source>
      <translation>Alle Produkte zeigen</translation>
    </message>
    <message>
      <source>{count} products</source>
      <translation>{count} Produkte</translation>
    </message>
  </context>
  <context>
    <name>QueuePart</name>
    <message>
      <source>1 request failed</source>
      <translation>1 Anfrage ist fehlgeschlagen</translation>
    </message>
    <message>
      <source>Cloud</source>
      <translation>Cloud</translation>
    </message>
    <message>
      <source>Do not ask</source>
      <translation>Verwerfen</translation>
    </message>
    <message>
      <source>Do not ask…</source>
      <translation>Nicht fragen…</translation>
    </message>
    <message>
      <source>Drop the request that waits?</source>
      <translation>Die wartende Anfrage verwerfen?</translation>
    </message>
    <message>
      <source>Drop the {count} requests that wait?</source>
      <translation>Die {count} wartenden Anfragen verwerfen?</translation>
    </message>
    <message>
      <source>Go on</source>
      <translation>Fortsetzen</translation>
    </message>
    <message>
      <source>Nothing of them is sent. Answers that came are kept.</source>
      <translation>Nichts davon wird gesendet. Antworten, die kamen, bleiben.</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>Anhalten</translation>
    </message>
    <message>
      <source>Requests that failed, with the reason</source>
      <translation>Fehlgeschlagene Anfragen, mit dem Grund</translation>
    </message>
    <message>
      <source>Retry all</source>
      <translation>Alle erneut versuchen</translation>
    </message>
    <message>
      <source>Retry selected</source>
      <translation>Ausgewählte erneut versuchen</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>Einstellungen</translation>
    </message>
    <message>
      <source>{count} requests failed</source>
      <translation>{count} Anfragen sind fehlgeschlagen</translation>
    </message>
  </context>
  <context>
    <name>RepliesPart</name>
    <message>
      <source>Delete all kept replies?</source>
      <translation>Alle aufgehobenen Antworten löschen?</translation>
    </message>
    <message>
      <source>Delete kept replies</source>
      <translation>Aufgehobene Antworten löschen</translation>
    </message>
    <message>
      <source>Delete kept replies…</source>
      <translation>Aufgehobene Antworten löschen…</translation>
    </message>
    <message>
      <source>Kept replies deleted: {count}</source>
      <translation>Aufgehobene Antworten gelöscht: {count}</translation>
    </message>
    <message>
      <source>Replies are kept, so that the same is not sent twice. What they told stays when they are deleted.</source>
      <translation>Antworten werden aufgehoben, damit nichts zweimal gesendet wird. Was sie sagten, bleibt, wenn sie gelöscht werden.</translation>
    </message>
    <message>
      <source>What they told about your pictures stays; asking the same again is sent again.</source>
      <translation>Was sie über Ihre Bilder sagten, bleibt; wer dasselbe wieder fragt, sendet es noch einmal.</translation>
    </message>
  </context>
  <context>
    <name>Scrubber</name>
    <message>
      <source>Years</source>
      <translation>Jahre</translation>
    </message>
  </context>
  <context>
    <name>Search</name>
    <message>
      <source>1 result</source>
      <translation>1 Treffer</translation>
    </message>
    <message>
      <source>1 to 10 minutes</source>
      <translation>1 bis 10 Minuten</translation>
    </message>
    <message>
      <source>10 seconds to 1 minute</source>
      <translation>10 Sekunden bis 1 Minute</translation>
    </message>
    <message>
      <source>About 25 to 30</source>
      <translation>Etwa 25 bis 30</translation>
    </message>
    <message>
      <source>About 50 to 60</source>
      <translation>Etwa 50 bis 60</translation>
    </message>
    <message>
      <source>Action</source>
      <translation>Handlung</translation>
    </message>
    <message>
      <source>Added</source>
      <translation>Hinzugefügt</translation>
    </message>
    <message>
      <source>Alt+click leaves it out</source>
      <translation>Alt+Klick schließt es aus</translation>
    </message>
    <message>
      <source>Animations</source>
      <translation>Animationen</translation>
    </message>
    <message>
      <source>Aperture</source>
      <translation>Blende</translation>
    </message>
    <message>
      <source>Beige</source>
      <translation>Beige</translation>
    </message>
    <message>
      <source>Black</source>
      <translation>Schwarz</translation>
    </message>
    <message>
      <source>Blue</source>
      <translation>Blau</translation>
    </message>
    <message>
      <source>Brown</source>
      <translation>Braun</translation>
    </message>
    <message>
      <source>Camera</source>
      <translation>Kamera</translation>
    </message>
    <message>
      <source>Cameras</source>
      <translation>Kameras</translation>
    </message>
    <message>
      <source>Caption</source>
      <translation>Bildunterschrift</translation>
    </message>
    <message>
      <source>Clear search</source>
      <translation>Suche leeren</translation>
    </message>
    <message>
      <source>Clear search (Esc)</source>
      <translation>Suche leeren (Esc)</translation>
    </message>
    <message>
      <source>Codec</source>
      <translation>Codec</translation>
    </message>
    <message>
      <source>Codecs</source>
      <translation>Codecs</translation>
    </message>
    <message>
      <source>Colour</source>
      <translation>Farbe</translation>
    </message>
    <message>
      <source>Colour label</source>
      <translation>Farbmarke</translation>
    </message>
    <message>
      <source>Colours</source>
      <translation>Farben</translation>
    </message>
    <message>
      <source>Cyan</source>
      <translation>Cyan</translation>
    </message>
    <message>
      <source>Damaged</source>
      <translation>Beschädigt</translation>
    </message>
    <message>
      <source>Date</source>
      <translation>Datum</translation>
    </message>
    <message>
      <source>Dates</source>
      <translation>Aufnahmedatum</translation>
    </message>
    <message>
      <source>Delete saved search</source>
      <translation>Gespeicherte Suche löschen</translation>
    </message>
    <message>
      <source>Deleted the saved search {name}</source>
      <translation>Gespeicherte Suche {name} gelöscht</translation>
    </message>
    <message>
      <source>Description</source>
      <translation>Beschreibung</translation>
    </message>
    <message>
      <source>Descriptions</source>
      <translation>Beschreibungen</translation>
    </message>
    <message>
      <source>Duplicates</source>
      <translation>Duplikate</translation>
    </message>
    <message>
      <source>Duration</source>
      <translation>Dauer</translation>
    </message>
    <message>
      <source>Every photo and video is in the library once.</source>
      <translation>Jedes Foto und Video ist einmal in der Bibliothek.</translation>
    </message>
    <message>
      <source>Exposure</source>
      <translation>Belichtung</translation>
    </message>
    <message>
      <source>Fair</source>
      <translation>Mittel</translation>
    </message>
    <message>
      <source>Favourites</source>
      <translation>Favoriten</translation>
    </message>
    <message>
      <source>Fewer than 20</source>
      <translation>Weniger als 20</translation>
    </message>
    <message>
      <source>Fields</source>
      <translation>Felder</translation>
    </message>
    <message>
      <source>File</source>
      <translation>Datei</translation>
    </message>
    <message>
      <source>Files</source>
      <translation>Dateien</translation>
    </message>
    <message>
      <source>Focal length</source>
      <translation>Brennweite</translation>
    </message>
    <message>
      <source>Folder</source>
      <translation>Ordner</translation>
    </message>
    <message>
      <source>Folders</source>
      <translation>Ordner</translation>
    </message>
    <message>
      <source>Followed</source>
      <translation>Verfolgt</translation>
    </message>
    <message>
      <source>Format</source>
      <translation>Format</translation>
    </message>
    <message>
      <source>Frames a second</source>
      <translation>Bilder pro Sekunde</translation>
    </message>
    <message>
      <source>Good</source>
      <translation>Gut</translation>
    </message>
    <message>
      <source>Green</source>
      <translation>Grün</translation>
    </message>
    <message>
      <source>Grey</source>
      <translation>Grau</translation>
    </message>
    <message>
      <source>Has</source>
      <translation>Hat</translation>
    </message>
    <message>
      <source>Height</source>
      <translation>Höhe</translation>
    </message>
    <message>
      <source>Hidden</source>
      <translation>Ausgeblendet</translation>
    </message>
    <message>
      <source>Hide weaker matches</source>
      <translation>Schwächere Treffer ausblenden</translation>
    </message>
    <message>
      <source>ISO</source>
      <translation>ISO</translation>
    </message>
    <message>
      <source>Is</source>
      <translation>Ist</translation>
    </message>
    <message>
      <source>Kind</source>
      <translation>Art</translation>
    </message>
    <message>
      <source>Kinds</source>
      <translation>Arten</translation>
    </message>
    <message>
      <source>Lens</source>
      <translation>Objektiv</translation>
    </message>
    <message>
      <source>Lenses</source>
      <translation>Objektive</translation>
    </message>
    <message>
      <source>Live photos</source>
      <translation>Live-Fotos</translation>
    </message>
    <message>
      <source>Megapixels</source>
      <translation>Megapixel</translation>
    </message>
    <message>
      <source>Missing</source>
      <translation>Fehlend</translation>
    </message>
    <message>
      <source>More, for slow motion</source>
      <translation>Mehr, für Zeitlupe</translation>
    </message>
    <message>
      <source>Motion photos</source>
      <translation>Bewegte Fotos</translation>
    </message>
    <message>
      <source>Name of this search</source>
      <translation>Name dieser Suche</translation>
    </message>
    <message>
      <source>Narrows the search. Alt+Return leaves it out.</source>
      <translation>Grenzt die Suche ein. Alt+Eingabe schließt es aus.</translation>
    </message>
    <message>
      <source>Near</source>
      <translation>In der Nähe</translation>
    </message>
    <message>
      <source>No results</source>
      <translation>Keine Treffer</translation>
    </message>
    <message>
      <source>Noise</source>
      <translation>Rauschen</translation>
    </message>
    <message>
      <source>Not readable</source>
      <translation>Nicht lesbar</translation>
    </message>
    <message>
      <source>Not supported</source>
      <translation>Nicht unterstützt</translation>
    </message>
    <message>
      <source>Nothing found</source>
      <translation>Nichts gefunden</translation>
    </message>
    <message>
      <source>Nothing in the library fits this search.</source>
      <translation>Nichts in der Bibliothek passt zu dieser Suche.</translation>
    </message>
    <message>
      <source>Object</source>
      <translation>Objekt</translation>
    </message>
    <message>
      <source>Objects</source>
      <translation>Objekte</translation>
    </message>
    <message>
      <source>Offline</source>
      <translation>Offline</translation>
    </message>
    <message>
      <source>Only: {label}</source>
      <translation>Nur: {label}</translation>
    </message>
    <message>
      <source>Orange</source>
      <translation>Orange</translation>
    </message>
    <message>
      <source>Orientation</source>
      <translation>Ausrichtung</translation>
    </message>
    <message>
      <source>Over 10 minutes</source>
      <translation>Über 10 Minuten</translation>
    </message>
    <message>
      <source>Panoramas</source>
      <translation>Panoramen</translation>
    </message>
    <message>
      <source>Part of the search. Delete takes it away, Return edits it.</source>
      <translation>Teil der Suche. Entf nimmt ihn weg, Eingabe ändert ihn.</translation>
    </message>
    <message>
      <source>Partly damaged</source>
      <translation>Teilweise beschädigt</translation>
    </message>
    <message>
      <source>Path</source>
      <translation>Pfad</translation>
    </message>
    <message>
      <source>Photos</source>
      <translation>Fotos</translation>
    </message>
    <message>
      <source>Picked</source>
      <translation>Vorgemerkt</translation>
    </message>
    <message>
      <source>Pink</source>
      <translation>Rosa</translation>
    </message>
    <message>
      <source>Place</source>
      <translation>Ort</translation>
    </message>
    <message>
      <source>Places</source>
      <translation>Orte</translation>
    </message>
    <message>
      <source>Poor</source>
      <translation>Schlecht</translation>
    </message>
    <message>
      <source>Problems</source>
      <translation>Probleme</translation>
    </message>
    <message>
      <source>Product</source>
      <translation>Produkt</translation>
    </message>
    <message>
      <source>Products</source>
      <translation>Produkte</translation>
    </message>
    <message>
      <source>Proposals</source>
      <translation>Vorschläge</translation>
    </message>
    <message>
      <source>Purple</source>
      <translation>Violett</translation>
    </message>
    <message>
      <source>Quality</source>
      <translation>Qualität</translation>
    </message>
    <message>
      <source>Rating</source>
      <translation>Bewertung</translation>
    </message>
    <message>
      <source>Raw photos</source>
      <translation>Rohdaten</translation>
    </message>
    <message>
      <source>Recent searches</source>
      <translation>Letzte Suchen</translation>
    </message>
    <message>
      <source>Red</source>
      <translation>Rot</translation>
    </message>
    <message>
      <source>Removed from library</source>
      <translation>Aus der Bibliothek entfernt</translation>
    </message>
    <message>
      <source>Rename…</source>
      <translation>Umbenennen…</translation>
    </message>
    <message>
      <source>Replace with the present search</source>
      <translation>Durch die jetzige Suche ersetzen</translation>
    </message>
    <message>
      <source>Said</source>
      <translation>Gesagt</translation>
    </message>
    <message>
      <source>Saved search {name}</source>
      <translation>Gespeicherte Suche {name}</translation>
    </message>
    <message>
      <source>Saved searches</source>
      <translation>Gespeicherte Suchen</translation>
    </message>
    <message>
      <source>Saved the search {name}</source>
      <translation>Suche {name} gespeichert</translation>
    </message>
    <message>
      <source>Screenshots</source>
      <translation>Bildschirmfotos</translation>
    </message>
    <message>
      <source>Search</source>
      <translation>Suche</translation>
    </message>
    <message>
      <source>Search for something first; then the search can be saved.</source>
      <translation>Erst etwas suchen, dann lässt sich die Suche speichern.</translation>
    </message>
    <message>
      <source>Search for that</source>
      <translation>Danach suchen</translation>
    </message>
    <message>
      <source>Search for {query}</source>
      <translation>Nach {query} suchen</translation>
    </message>
    <message>
      <source>Sharpness</source>
      <translation>Schärfe</translation>
    </message>
    <message>
      <source>Show all {count}</source>
      <translation>Alle {count} zeigen</translation>
    </message>
    <message>
      <source>Show fewer</source>
      <translation>Weniger zeigen</translation>
    </message>
    <message>
      <source>Show weaker matches</source>
      <translation>Schwächere Treffer zeigen</translation>
    </message>
    <message>
      <source>Similar to</source>
      <translation>Ähnlich wie</translation>
    </message>
    <message>
      <source>Size</source>
      <translation>Größe</translation>
    </message>
    <message>
      <source>Speech</source>
      <translation>Gesprochenes</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Zustand</translation>
    </message>
    <message>
      <source>Tag</source>
      <translation>Schlagwort</translation>
    </message>
    <message>
      <source>Tags</source>
      <translation>Schlagwörter</translation>
    </message>
    <message>
      <source>There are no copies</source>
      <translation>Es gibt keine Kopien</translation>
    </message>
    <message>
      <source>Title</source>
      <translation>Titel</translation>
    </message>
    <message>
      <source>Too large</source>
      <translation>Zu groß</translation>
    </message>
    <message>
      <source>Type</source>
      <translation>Typ</translation>
    </message>
    <message>
      <source>Under 10 seconds</source>
      <translation>Unter 10 Sekunden</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>Rückgängig</translation>
    </message>
    <message>
      <source>Very good</source>
      <translation>Sehr gut</translation>
    </message>
    <message>
      <source>Videos</source>
      <translation>Videos</translation>
    </message>
    <message>
      <source>White</source>
      <translation>Weiß</translation>
    </message>
    <message>
      <source>Width</source>
      <translation>Breite</translation>
    </message>
    <message>
      <source>With</source>
      <translation>Mit</translation>
    </message>
    <message>
      <source>Words, or fields such as camera:canon. Arrow keys choose a proposal.</source>
      <translation>Wörter oder Felder wie camera:canon. Pfeiltasten wählen einen Vorschlag.</translation>
    </message>
    <message>
      <source>Yellow</source>
      <translation>Gelb</translation>
    </message>
    <message>
      <source>not {field}</source>
      <translation>nicht {field}</translation>
    </message>
    <message>
      <source>such as {value}</source>
      <translation>etwa {value}</translation>
    </message>
    <message>
      <source>{count} ms</source>
      <translation>{count} ms</translation>
    </message>
    <message>
      <source>{count} results</source>
      <translation>{count} Treffer</translation>
    </message>
    <message>
      <source>{one} or {other}</source>
      <translation>{one} oder {other}</translation>
    </message>
    <message>
      <source>{word} as a camera</source>
      <translation>{word} als Kamera</translation>
    </message>
    <message>
      <source>{word} as a date only</source>
      <translation>{word} nur als Datum</translation>
    </message>
    <message>
      <source>{word} as a place</source>
      <translation>{word} als Ort</translation>
    </message>
    <message>
      <source>{word} as a tag</source>
      <translation>{word} als Schlagwort</translation>
    </message>
    <message>
      <source>{word} as text only</source>
      <translation>{word} nur als Text</translation>
    </message>
  </context>
  <context>
    <name>Sentences</name>
    <message>
      <source>'{value}' is not {expected}.</source>
      <translation>„{value}“ ist nicht {expected}.</translation>
    </message>
    <message>
      <source>A * can stand only at the end of a word. For parts of file names write name:*part*.</source>
      <translation>Ein * kann nur am Ende eines Wortes stehen. Für Teile von Dateinamen schreiben Sie name:*teil*.</translation>
    </message>
    <message>
      <source>A network is made of its checkpoint with {packages}, and {lacking} cannot be found. This brings it: {command}</source>
      <translation>Ein Netz wird mit {packages} aus seinem Checkpoint gemacht, und {lacking} ist nicht zu finden. Das bringt es: {command}</translation>
    </message>
    <message>
      <source>A process for networks could not be started: {reason}</source>
      <translation>Ein Prozess für Netze konnte nicht gestartet werden: {reason}</translation>
    </message>
    <message>
      <source>A query can have at most {count} characters.</source>
      <translation>Eine Suche kann höchstens {count} Zeichen haben.</translation>
    </message>
    <message>
      <source>A query can have at most {count} parts; this one has {parts}.</source>
      <translation>Eine Suche kann höchstens {count} Teile haben; diese hat {parts}.</translation>
    </message>
    <message>
      <source>A saved search needs a name.</source>
      <translation>Eine gespeicherte Suche braucht einen Namen.</translation>
    </message>
    <message>
      <source>Another Image Engine (process {process}) is using the library {folder}. Close it, or wait until it is done.</source>
      <translation>Ein anderes Image Engine (Prozess {process}) benutzt die Bibliothek {folder}. Schließen Sie es, oder warten Sie, bis es fertig ist.</translation>
    </message>
    <message>
      <source>Another Image Engine is using the library {folder}. Close it, or wait until it is done.</source>
      <translation>Ein anderes Image Engine benutzt die Bibliothek {folder}. Schließen Sie es, oder warten Sie, bis es fertig ist.</translation>
    </message>
    <message>
      <source>Another back end was chosen.</source>
      <translation>Es wurde etwas anderes gewählt.</translation>
    </message>
    <message>
      <source>Did you mean {name}?</source>
      <translation>Meinten Sie {name}?</translation>
    </message>
    <message>
      <source>For the words themselves write "{name}: …".</source>
      <translation>Für die Wörter selbst schreiben Sie "{name}: …".</translation>
    </message>
    <message>
      <source>Get the network</source>
      <translation>Holen Sie das Netz</translation>
    </message>
    <message>
      <source>Here a * can stand only at the end of a word.</source>
      <translation>Ein * kann hier nur am Ende eines Wortes stehen.</translation>
    </message>
    <message>
      <source>Install Image Engine</source>
      <translation>Installieren Sie Image Engine</translation>
    </message>
    <message>
      <source>It can be {values}.</source>
      <translation>Möglich sind {values}.</translation>
    </message>
    <message>
      <source>Latitude goes from -90 to 90 and longitude from -180 to 180.</source>
      <translation>Die Breite reicht von -90 bis 90, die Länge von -180 bis 180.</translation>
    </message>
    <message>
      <source>NOT needs something behind it.</source>
      <translation>Hinter NOT muss etwas stehen.</translation>
    </message>
    <message>
      <source>NVIDIA's driver does not answer ({fault}).</source>
      <translation>Der Treiber von NVIDIA antwortet nicht ({fault}).</translation>
    </message>
    <message>
      <source>NVIDIA's driver is here, but it knows no graphics card.</source>
      <translation>Der Treiber von NVIDIA ist da, kennt aber keine Grafikkarte.</translation>
    </message>
    <message>
      <source>NVIDIA's driver was renewed and the computer was not started again since.</source>
      <translation>Der Treiber von NVIDIA wurde erneuert und der Rechner seither nicht neu gestartet.</translation>
    </message>
    <message>
      <source>No NVIDIA driver was found.</source>
      <translation>Es wurde kein Treiber von NVIDIA gefunden.</translation>
    </message>
    <message>
      <source>No engine can be built: {reason}</source>
      <translation>Es kann keine Engine gebaut werden: {reason}</translation>
    </message>
    <message>
      <source>No file holds '{word}'. Did you mean {nearest}?</source>
      <translation>In keiner Datei steht „{word}“. Meinten Sie {nearest}?</translation>
    </message>
    <message>
      <source>No file holds all of the words. Weaker matches hold some of them.</source>
      <translation>In keiner Datei stehen alle Wörter. Schwächere Treffer enthalten einige davon.</translation>
    </message>
    <message>
      <source>No photo names {place}, so where it lies is not known: write coordinates, as in near:38.7,-9.1/20km.</source>
      <translation>Kein Foto nennt {place}, daher ist nicht bekannt, wo es liegt: Schreiben Sie Koordinaten wie in near:38.7,-9.1/20km.</translation>
    </message>
    <message>
      <source>Nothing can be '{value}'. {advice}</source>
      <translation>Nichts kann „{value}“ sein. {advice}</translation>
    </message>
    <message>
      <source>Nothing has '{value}'. {advice}</source>
      <translation>Nichts hat „{value}“. {advice}</translation>
    </message>
    <message>
      <source>Nothing has been looked for yet: {fields}.</source>
      <translation>Danach wurde noch nicht gesucht: {fields}.</translation>
    </message>
    <message>
      <source>Other networks than now have looked at this library; import a folder, so that these look as well.</source>
      <translation>Diese Bibliothek haben andere Netze angesehen als die jetzigen; fügen Sie einen Ordner hinzu, damit auch diese sie ansehen.</translation>
    </message>
    <message>
      <source>PyTorch cannot run {name}, which is kept as ONNX only.</source>
      <translation>PyTorch kann {name} nicht ausführen, denn das Netz liegt nur als ONNX vor.</translation>
    </message>
    <message>
      <source>PyTorch cannot use the card: {fault}.</source>
      <translation>PyTorch kann die Karte nicht benutzen: {fault}.</translation>
    </message>
    <message>
      <source>PyTorch is not installed. This brings it: {command}</source>
      <translation>PyTorch ist nicht installiert. Das bringt es: {command}</translation>
    </message>
    <message>
      <source>PyTorch was installed without CUDA, or finds no card</source>
      <translation>PyTorch wurde ohne CUDA installiert oder findet keine Karte</translation>
    </message>
    <message>
      <source>TensorRT calculates in what a network's file says; that of {network} says {has}, not {wanted}.</source>
      <translation>TensorRT rechnet so, wie es in der Datei eines Netzes steht; in der von {network} steht {has}, nicht {wanted}.</translation>
    </message>
    <message>
      <source>TensorRT for RTX does not calculate in fp32 on cards such as {card}; fp16 it does.</source>
      <translation>TensorRT für RTX rechnet auf Karten wie {card} nicht in fp32, wohl aber in fp16.</translation>
    </message>
    <message>
      <source>TensorRT is not installed. This brings it: {command}</source>
      <translation>TensorRT ist nicht installiert. Das bringt es: {command}</translation>
    </message>
    <message>
      <source>TensorRT needs a card of the generation Turing or newer; {card} is older.</source>
      <translation>TensorRT braucht eine Karte der Generation Turing oder neuer; {card} ist älter.</translation>
    </message>
    <message>
      <source>TensorRT needs driver {least} or newer; this computer has {driver}.</source>
      <translation>TensorRT braucht den Treiber {least} oder neuer; dieser Rechner hat {driver}.</translation>
    </message>
    <message>
      <source>The checkpoint in {folder} gives no {network}: {reason}</source>
      <translation>Der Checkpoint in {folder} ergibt kein {network}: {reason}</translation>
    </message>
    <message>
      <source>The checkpoint of {network} is not on this computer; get it again in the settings under Networks.</source>
      <translation>Der Checkpoint von {network} ist nicht auf diesem Rechner; holen Sie ihn in den Einstellungen unter Netze noch einmal.</translation>
    </message>
    <message>
      <source>The clip could not be written ({reason}).</source>
      <translation>Der Ausschnitt konnte nicht geschrieben werden ({reason}).</translation>
    </message>
    <message>
      <source>The distance has to be greater than 0, such as near:38.7,-9.1/20km.</source>
      <translation>Der Abstand muss größer als 0 sein, wie in near:38.7,-9.1/20km.</translation>
    </message>
    <message>
      <source>The file for {network} is not used: {fault}.</source>
      <translation>Die Datei für {network} wird nicht benutzt: {fault}.</translation>
    </message>
    <message>
      <source>The folder {folder} cannot be reached ({reason}); what is known about its files is kept.</source>
      <translation>Der Ordner {folder} ist nicht erreichbar ({reason}); was über seine Dateien bekannt ist, bleibt erhalten.</translation>
    </message>
    <message>
      <source>The folder {folder} is empty; what was in it is kept until it is back. If it is really gone, say so in the settings under Folders.</source>
      <translation>Der Ordner {folder} ist leer; was darin war, bleibt erhalten, bis es wieder da ist. Ist es wirklich weg, sagen Sie es in den Einstellungen unter Ordner.</translation>
    </message>
    <message>
      <source>The folder {folder} is no checkpoint of {network}: it lacks {files}.</source>
      <translation>Der Ordner {folder} ist kein Checkpoint von {network}: Es fehlt {files}.</translation>
    </message>
    <message>
      <source>The graphics card does not answer; its driver may have been restarted.</source>
      <translation>Die Grafikkarte antwortet nicht; vielleicht wurde ihr Treiber neu gestartet.</translation>
    </message>
    <message>
      <source>The library folder {folder} cannot be made ({reason}). Choose another with --library.</source>
      <translation>Der Ordner {folder} für die Bibliothek kann nicht angelegt werden ({reason}). Wählen Sie mit --library einen anderen.</translation>
    </message>
    <message>
      <source>The library folder {folder} cannot be written ({reason}). Choose another with --library.</source>
      <translation>In den Ordner {folder} der Bibliothek kann nicht geschrieben werden ({reason}). Wählen Sie mit --library einen anderen.</translation>
    </message>
    <message>
      <source>The library {path} cannot be used: {fault}.</source>
      <translation>Die Bibliothek {path} ist nicht benutzbar: {fault}.</translation>
    </message>
    <message>
      <source>The library {path} is damaged ({fault}). Your photos are not affected; rename that file and import again.</source>
      <translation>Die Bibliothek {path} ist beschädigt ({fault}). Ihre Fotos sind nicht betroffen; benennen Sie die Datei um und fügen Sie die Ordner neu hinzu.</translation>
    </message>
    <message>
      <source>The library {path} was made by a newer version of Image Engine (its form is {version}, this program knows {known}). Nothing was changed; please update the program.</source>
      <translation>Die Bibliothek {path} stammt von einer neueren Version von Image Engine (Form {version}, dieses Programm kennt {known}). Nichts wurde geändert; bitte aktualisieren Sie das Programm.</translation>
    </message>
    <message>
      <source>The network {name} cannot be loaded: {file} cannot be read ({reason}). {again} again to mend it.</source>
      <translation>Das Netz {name} kann nicht geladen werden: {file} ist nicht lesbar ({reason}). {again} neu, um das zu beheben.</translation>
    </message>
    <message>
      <source>The network {name} cannot be loaded: {file} is damaged or was changed. {again} again to mend it.</source>
      <translation>Das Netz {name} kann nicht geladen werden: {file} ist beschädigt oder wurde geändert. {again} neu, um das zu beheben.</translation>
    </message>
    <message>
      <source>The network {name} could not be {done}: {fault}</source>
      <translation>Das Netz {name} konnte nicht {done} werden: {fault}</translation>
    </message>
    <message>
      <source>The networks have not looked at any picture yet; import a folder.</source>
      <translation>Die Netze haben noch kein Bild angesehen; fügen Sie einen Ordner hinzu.</translation>
    </message>
    <message>
      <source>The networks have not looked at {path} yet; import it again, which goes on where it was stopped.</source>
      <translation>Die Netze haben {path} noch nicht angesehen; fügen Sie die Datei noch einmal hinzu, dann geht es dort weiter.</translation>
    </message>
    <message>
      <source>The networks see nothing in {path} that other pictures could be like.</source>
      <translation>Die Netze sehen in {path} nichts, dem andere Bilder ähnlich sein könnten.</translation>
    </message>
    <message>
      <source>The process for networks did not answer and was ended.</source>
      <translation>Der Prozess für die Netze antwortete nicht und wurde beendet.</translation>
    </message>
    <message>
      <source>The process for networks died ({how}).</source>
      <translation>Der Prozess für die Netze ist gestorben ({how}).</translation>
    </message>
    <message>
      <source>The process for networks failed: {reason}.</source>
      <translation>Der Prozess für Netze ist gescheitert: {reason}.</translation>
    </message>
    <message>
      <source>The process for networks sent nonsense ({fault}).</source>
      <translation>Der Prozess für die Netze sandte Unsinn ({fault}).</translation>
    </message>
    <message>
      <source>The range needs {expected} on at least one side.</source>
      <translation>Der Bereich braucht auf mindestens einer Seite {expected}.</translation>
    </message>
    <message>
      <source>The settings file {path} {what}. Correct it, or move it away to start from the defaults.</source>
      <translation>Die Einstellungsdatei {path} {what}. Berichtigen Sie sie, oder verschieben Sie sie, um mit den Vorgaben zu beginnen.</translation>
    </message>
    <message>
      <source>There are no photos to compare precisions on.</source>
      <translation>Es gibt keine Fotos, an denen Genauigkeiten verglichen werden könnten.</translation>
    </message>
    <message>
      <source>There can be at most {count} * in one value.</source>
      <translation>In einem Wert können höchstens {count} * stehen.</translation>
    </message>
    <message>
      <source>There is no NVIDIA graphics card.</source>
      <translation>Es gibt keine Grafikkarte von NVIDIA.</translation>
    </message>
    <message>
      <source>There is no colour '{value}'. {advice}</source>
      <translation>Es gibt keine Farbe „{value}“. {advice}</translation>
    </message>
    <message>
      <source>There is no field '{name}'. {advice}</source>
      <translation>Es gibt kein Feld „{name}“. {advice}</translation>
    </message>
    <message>
      <source>There is no format '{value}'. {advice}</source>
      <translation>Es gibt kein Format „{value}“. {advice}</translation>
    </message>
    <message>
      <source>There is no orientation '{value}'. {advice}</source>
      <translation>Es gibt keine Ausrichtung „{value}“. {advice}</translation>
    </message>
    <message>
      <source>There is no setting {key}; did you mean {near}?</source>
      <translation>Es gibt keine Einstellung {key}; meinten Sie {near}?</translation>
    </message>
    <message>
      <source>There is no state '{value}'. {advice}</source>
      <translation>Es gibt keinen Zustand „{value}“. {advice}</translation>
    </message>
    <message>
      <source>There is no type '{value}'. {advice}</source>
      <translation>Es gibt keine Art „{value}“. {advice}</translation>
    </message>
    <message>
      <source>There is nothing between these parentheses.</source>
      <translation>Zwischen diesen Klammern steht nichts.</translation>
    </message>
    <message>
      <source>There is nothing between these quotation marks.</source>
      <translation>Zwischen diesen Anführungszeichen steht nichts.</translation>
    </message>
    <message>
      <source>This is neither a point, such as 38.7,-9.1/20km, nor the name of a place.</source>
      <translation>Das ist weder ein Punkt wie 38.7,-9.1/20km noch der Name eines Ortes.</translation>
    </message>
    <message>
      <source>This is no checkpoint of {network}: its config.json says '{kind}' where '{wanted}' belongs.</source>
      <translation>Das ist kein Checkpoint von {network}: In seiner config.json steht „{kind}“, wo „{wanted}“ hingehört.</translation>
    </message>
    <message>
      <source>This needs at least one letter or digit.</source>
      <translation>Hier muss mindestens ein Buchstabe oder eine Ziffer stehen.</translation>
    </message>
    <message>
      <source>This parenthesis closes nothing: there is no opening one before it.</source>
      <translation>Diese Klammer schließt nichts: Davor fehlt die öffnende.</translation>
    </message>
    <message>
      <source>This parenthesis is never closed.</source>
      <translation>Diese Klammer wird nie geschlossen.</translation>
    </message>
    <message>
      <source>This query is nested too deeply.</source>
      <translation>Diese Suche ist zu tief verschachtelt.</translation>
    </message>
    <message>
      <source>This quotation mark is never closed.</source>
      <translation>Dieses Anführungszeichen wird nie geschlossen.</translation>
    </message>
    <message>
      <source>This range runs backwards: put the smaller value first.</source>
      <translation>Dieser Bereich läuft rückwärts: Der kleinere Wert gehört nach vorn.</translation>
    </message>
    <message>
      <source>This step of the analysis is switched off in the settings.</source>
      <translation>Dieser Schritt der Analyse ist in den Einstellungen abgeschaltet.</translation>
    </message>
    <message>
      <source>What the networks found cannot be kept in {folder} ({reason}). Free some space or see to the folder's permissions, then start again: nothing is lost.</source>
      <translation>Was die Netze fanden, kann nicht in {folder} abgelegt werden ({reason}). Schaffen Sie Platz oder prüfen Sie die Rechte des Ordners, dann starten Sie neu: Nichts ist verloren.</translation>
    </message>
    <message>
      <source>Where {place} lies is told by the photos that name it.</source>
      <translation>Wo {place} liegt, sagen die Fotos, die es nennen.</translation>
    </message>
    <message>
      <source>Without {part} there are {count}.</source>
      <translation>Ohne {part} sind es {count}.</translation>
    </message>
    <message>
      <source>Worker processes cannot start: {fault}</source>
      <translation>Arbeitsprozesse können nicht starten: {fault}</translation>
    </message>
    <message>
      <source>a date, such as 2008, 2008-10, 2008-10-22, yesterday or "last week"</source>
      <translation>ein Datum wie 2008, 2008-10, 2008-10-22, yesterday oder "last week"</translation>
    </message>
    <message>
      <source>a duration, such as 1:30, 90s or 2min</source>
      <translation>eine Dauer wie 1:30, 90s oder 2min</translation>
    </message>
    <message>
      <source>a focal length, such as 50mm</source>
      <translation>eine Brennweite wie 50mm</translation>
    </message>
    <message>
      <source>a number</source>
      <translation>eine Zahl</translation>
    </message>
    <message>
      <source>a number of stars</source>
      <translation>eine Zahl von Sternen</translation>
    </message>
    <message>
      <source>a size, such as 5MB or 800KB</source>
      <translation>eine Größe wie 5MB oder 800KB</translation>
    </message>
    <message>
      <source>a time, such as 1/250 or 2s</source>
      <translation>eine Zeit wie 1/250 oder 2s</translation>
    </message>
    <message>
      <source>an f-number</source>
      <translation>eine Blendenzahl</translation>
    </message>
    <message>
      <source>asks for {pixels}; up to {limit} are opened</source>
      <translation>verlangt {pixels}; geöffnet werden bis zu {limit}</translation>
    </message>
    <message>
      <source>cannot be cut: the process that worked on it ended unexpectedly</source>
      <translation>kann nicht geschnitten werden: Der Prozess, der daran arbeitete, endete unerwartet</translation>
    </message>
    <message>
      <source>cannot be played: it is damaged, or a kind of {kind} that is not known</source>
      <translation>ist nicht abspielbar: beschädigt oder eine unbekannte Art von {kind}</translation>
    </message>
    <message>
      <source>cannot be read ({reason})</source>
      <translation>ist nicht lesbar ({reason})</translation>
    </message>
    <message>
      <source>cannot be read: {reason}</source>
      <translation>ist nicht lesbar: {reason}</translation>
    </message>
    <message>
      <source>cannot be watched beyond {seconds} s: it takes too long to get there</source>
      <translation>ist ab Sekunde {seconds} nicht zu sehen: Es dauert zu lange, dorthin zu kommen</translation>
    </message>
    <message>
      <source>has no keyframe there, at which it could be cut</source>
      <translation>hat dort kein Schlüsselbild, an dem es geschnitten werden könnte</translation>
    </message>
    <message>
      <source>has {size} GiB, more than a photo may have</source>
      <translation>hat {size} GiB, mehr als ein Foto haben darf</translation>
    </message>
    <message>
      <source>holds neither pictures nor sound</source>
      <translation>enthält weder Bilder noch Ton</translation>
    </message>
    <message>
      <source>holds nothing but zeros, as after a failed copy or recovery</source>
      <translation>enthält nur Nullen, wie nach einer misslungenen Kopie oder Rettung</translation>
    </message>
    <message>
      <source>holds sound but no pictures</source>
      <translation>enthält Ton, aber keine Bilder</translation>
    </message>
    <message>
      <source>inference.back_end={name} cannot be had: {reason} Set it to automatic or {processor}.</source>
      <translation>inference.back_end={name} geht hier nicht: {reason} Stellen Sie es auf automatic oder {processor}.</translation>
    </message>
    <message>
      <source>inference.device={device} is no graphics card of this computer ({known}). Set it to {automatic}.</source>
      <translation>inference.device={device} ist keine Grafikkarte dieses Rechners ({known}). Stellen Sie es auf {automatic}.</translation>
    </message>
    <message>
      <source>is a JPEG 2000 picture, which cannot be read</source>
      <translation>ist ein JPEG-2000-Bild, das nicht gelesen werden kann</translation>
    </message>
    <message>
      <source>is a JPEG XL picture, which cannot be read yet</source>
      <translation>ist ein JPEG-XL-Bild, das noch nicht gelesen werden kann</translation>
    </message>
    <message>
      <source>is a PDF document, not a picture</source>
      <translation>ist ein PDF-Dokument, kein Bild</translation>
    </message>
    <message>
      <source>is a Photoshop document, which cannot be read</source>
      <translation>ist ein Photoshop-Dokument, das nicht gelesen werden kann</translation>
    </message>
    <message>
      <source>is a Radiance HDR picture, which cannot be read</source>
      <translation>ist ein Radiance-HDR-Bild, das nicht gelesen werden kann</translation>
    </message>
    <message>
      <source>is a ZIP archive or an office document, not a picture</source>
      <translation>ist ein ZIP-Archiv oder ein Office-Dokument, kein Bild</translation>
    </message>
    <message>
      <source>is a database, not a picture</source>
      <translation>ist eine Datenbank, kein Bild</translation>
    </message>
    <message>
      <source>is a packed archive, not a picture</source>
      <translation>ist ein gepacktes Archiv, kein Bild</translation>
    </message>
    <message>
      <source>is a program, not a picture</source>
      <translation>ist ein Programm, kein Bild</translation>
    </message>
    <message>
      <source>is a sound file, not a video</source>
      <translation>ist eine Tondatei, kein Video</translation>
    </message>
    <message>
      <source>is a web page, not a picture</source>
      <translation>ist eine Webseite, kein Bild</translation>
    </message>
    <message>
      <source>is a {kind} of a kind that cannot be read</source>
      <translation>ist {kind} von einer Art, die nicht gelesen werden kann</translation>
    </message>
    <message>
      <source>is an OpenEXR picture, which cannot be read</source>
      <translation>ist ein OpenEXR-Bild, das nicht gelesen werden kann</translation>
    </message>
    <message>
      <source>is an SVG drawing, which cannot be read</source>
      <translation>ist eine SVG-Zeichnung, die nicht gelesen werden kann</translation>
    </message>
    <message>
      <source>is an XML document, not a picture</source>
      <translation>ist ein XML-Dokument, kein Bild</translation>
    </message>
    <message>
      <source>is an icon, which cannot be read</source>
      <translation>ist ein Symbol, das nicht gelesen werden kann</translation>
    </message>
    <message>
      <source>is broken off or damaged before its picture begins</source>
      <translation>ist abgebrochen oder beschädigt, bevor das Bild beginnt</translation>
    </message>
    <message>
      <source>is cut short before its picture begins</source>
      <translation>bricht ab, bevor das Bild beginnt</translation>
    </message>
    <message>
      <source>is cut short: its picture is coarse or incomplete</source>
      <translation>bricht ab: Das Bild ist grob oder unvollständig</translation>
    </message>
    <message>
      <source>is cut short: only its first {seconds} seconds can be played</source>
      <translation>bricht ab: Nur die ersten {seconds} Sekunden sind abspielbar</translation>
    </message>
    <message>
      <source>is cut short: only the upper {percent} % of its picture could be read</source>
      <translation>bricht ab: Nur die oberen {percent} % des Bildes waren lesbar</translation>
    </message>
    <message>
      <source>is damaged near its end; hardly anything of the picture is missing</source>
      <translation>ist kurz vor dem Ende beschädigt; vom Bild fehlt kaum etwas</translation>
    </message>
    <message>
      <source>is damaged or cut short: only {percent} % of its picture could be read</source>
      <translation>ist beschädigt oder bricht ab: Nur {percent} % des Bildes waren lesbar</translation>
    </message>
    <message>
      <source>is damaged, or a kind of {kind} that cannot be read</source>
      <translation>ist beschädigt oder eine Art von {kind}, die nicht gelesen werden kann</translation>
    </message>
    <message>
      <source>is damaged: it has no size</source>
      <translation>ist beschädigt: Das Bild hat keine Größe</translation>
    </message>
    <message>
      <source>is damaged: no picture can be made of it</source>
      <translation>ist beschädigt: Daraus wird kein Bild</translation>
    </message>
    <message>
      <source>is damaged: none of its pictures can be decoded</source>
      <translation>ist beschädigt: Keines der Bilder lässt sich dekodieren</translation>
    </message>
    <message>
      <source>is damaged: parts of its picture are missing or wrong</source>
      <translation>ist beschädigt: Teile des Bildes fehlen oder sind falsch</translation>
    </message>
    <message>
      <source>is damaged: this part of it cannot be decoded</source>
      <translation>ist beschädigt: Dieser Teil lässt sich nicht dekodieren</translation>
    </message>
    <message>
      <source>is encoded in a way that cannot be decoded here</source>
      <translation>ist so kodiert, dass es hier nicht dekodiert werden kann</translation>
    </message>
    <message>
      <source>is neither a photo nor a video</source>
      <translation>ist weder Foto noch Video</translation>
    </message>
    <message>
      <source>is neither a photo nor a video of a known kind</source>
      <translation>ist weder Foto noch Video einer bekannten Art</translation>
    </message>
    <message>
      <source>is not UTF-8 text at line {line}</source>
      <translation>ist in Zeile {line} kein UTF-8-Text</translation>
    </message>
    <message>
      <source>is not valid TOML: {fault}</source>
      <translation>ist kein gültiges TOML: {fault}</translation>
    </message>
    <message>
      <source>is of version {version}, this program knows up to {known}</source>
      <translation>hat Version {version}, dieses Programm kennt bis {known}</translation>
    </message>
    <message>
      <source>is plain text, not a picture</source>
      <translation>ist reiner Text, kein Bild</translation>
    </message>
    <message>
      <source>it has changed since it was examined</source>
      <translation>sie wurde seit der Untersuchung geändert</translation>
    </message>
    <message>
      <source>it is a folder</source>
      <translation>es ist ein Ordner</translation>
    </message>
    <message>
      <source>it is no longer there</source>
      <translation>sie ist nicht mehr da</translation>
    </message>
    <message>
      <source>it is no ordinary file</source>
      <translation>es ist keine gewöhnliche Datei</translation>
    </message>
    <message>
      <source>loaded</source>
      <translation>geladen</translation>
    </message>
    <message>
      <source>makes the decoder crash</source>
      <translation>bringt den Dekoder zum Absturz</translation>
    </message>
    <message>
      <source>met a fault of this program</source>
      <translation>traf auf einen Fehler dieses Programms</translation>
    </message>
    <message>
      <source>needs more memory than a file may have</source>
      <translation>braucht mehr Speicher, als eine Datei haben darf</translation>
    </message>
    <message>
      <source>needs more memory to decode than a file may have</source>
      <translation>braucht zum Dekodieren mehr Speicher, als eine Datei haben darf</translation>
    </message>
    <message>
      <source>run</source>
      <translation>ausgeführt</translation>
    </message>
    <message>
      <source>takes too long to decode</source>
      <translation>braucht zum Dekodieren zu lange</translation>
    </message>
    <message>
      <source>the system did not take it</source>
      <translation>das System nahm sie nicht an</translation>
    </message>
    <message>
      <source>was changed while it was read; it will be read again</source>
      <translation>wurde während des Lesens geändert und wird noch einmal gelesen</translation>
    </message>
    <message>
      <source>you have no permission to read it</source>
      <translation>die Leseberechtigung fehlt</translation>
    </message>
    <message>
      <source>{count} gigapixels</source>
      <translation>{count} Gigapixel</translation>
    </message>
    <message>
      <source>{count} megapixels</source>
      <translation>{count} Megapixel</translation>
    </message>
    <message>
      <source>{count} that fit are hidden, missing or no media: add is:hidden, is:missing or is:unsupported.</source>
      <translation>{count} passende sind verborgen, fehlen oder sind keine Medien: Ergänzen Sie is:hidden, is:missing oder is:unsupported.</translation>
    </message>
    <message>
      <source>{field}: needs a value, such as {example}</source>
      <translation>{field}: braucht einen Wert wie {example}</translation>
    </message>
    <message>
      <source>{files} of {network} is not the file that this program knows; it is not used.</source>
      <translation>{files} von {network} ist nicht die Datei, die dieses Programm kennt; sie wird nicht benutzt.</translation>
    </message>
    <message>
      <source>{files} of {source} is not the file that was there when {network} was got first; it is not used.</source>
      <translation>{files} von {source} ist nicht die Datei, die dort war, als {network} zuerst geholt wurde; sie wird nicht benutzt.</translation>
    </message>
    <message>
      <source>{file} could not be written ({reason}).</source>
      <translation>{file} konnte nicht geschrieben werden ({reason}).</translation>
    </message>
    <message>
      <source>{file} is damaged or was changed. Get the network again to mend it.</source>
      <translation>{file} ist beschädigt oder wurde verändert. Holen Sie das Netz noch einmal, um das zu beheben.</translation>
    </message>
    <message>
      <source>{file} was deleted while it was in use. Start again: it is then made anew.</source>
      <translation>{file} wurde gelöscht, während es benutzt wurde. Starten Sie neu: Dann entsteht es von neuem.</translation>
    </message>
    <message>
      <source>{library} could not build {network}: {fault}</source>
      <translation>{library} konnte {network} nicht bauen: {fault}</translation>
    </message>
    <message>
      <source>{library} {version} does not work here: {fault}.</source>
      <translation>{library} {version} arbeitet hier nicht: {fault}.</translation>
    </message>
    <message>
      <source>{lost} of its {total} files were not there at the last look. They are kept as they are until the folder is complete again; if they are really gone, say so in the settings under Folders.</source>
      <translation>{lost} der {total} Dateien waren beim letzten Durchsehen nicht da. Sie bleiben, wie sie sind, bis der Ordner wieder vollständig ist; sind sie wirklich weg, sagen Sie es in den Einstellungen unter Ordner.</translation>
    </message>
    <message>
      <source>{needed} MB are needed in {folder}, and {free} MB are free. Make room and try again.</source>
      <translation>In {folder} werden {needed} MB gebraucht, frei sind {free} MB. Machen Sie Platz und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
      <source>{needed} MB of shared memory are needed, but {place} has only {free} MB left.</source>
      <translation>{needed} MB gemeinsamer Speicher werden gebraucht, aber {place} hat nur noch {free} MB.</translation>
    </message>
    <message>
      <source>{network} could not be exported: {reason}</source>
      <translation>{network} konnte nicht exportiert werden: {reason}</translation>
    </message>
    <message>
      <source>{network} could not be got from {hub}. {reasons}</source>
      <translation>{network} war von {hub} nicht zu holen. {reasons}</translation>
    </message>
    <message>
      <source>{network} could not be taken from {folder}: {reason}.</source>
      <translation>{network} konnte nicht aus {folder} übernommen werden: {reason}.</translation>
    </message>
    <message>
      <source>{network} does not say what its original says ({agreement}); it is not used.</source>
      <translation>{network} sagt nicht dasselbe wie sein Original ({agreement}); es wird nicht benutzt.</translation>
    </message>
    <message>
      <source>{network} is not on this computer, and “Stay offline” forbids to fetch it. Switch that off in the settings under Cloud, or choose a folder that holds it.</source>
      <translation>{network} ist nicht auf diesem Rechner, und „Offline bleiben“ verbietet, es zu holen. Schalten Sie das in den Einstellungen unter Cloud aus, oder wählen Sie einen Ordner, in dem es liegt.</translation>
    </message>
    <message>
      <source>{network} was made of another checkpoint than is here; get it again in the settings under Networks.</source>
      <translation>{network} wurde aus einem anderen Checkpoint gemacht als dem, der hier ist; holen Sie es in den Einstellungen unter Netze noch einmal.</translation>
    </message>
    <message>
      <source>{path} is not a library of Image Engine. Choose another folder.</source>
      <translation>{path} ist keine Bibliothek von Image Engine. Wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
      <source>{what}; it will be tried again when it changes</source>
      <translation>{what}; nach einer Änderung wird es wieder versucht</translation>
    </message>
    <message>
      <source>{word} holds no letter or digit, so it was left out.</source>
      <translation>{word} enthält weder Buchstaben noch Ziffern und wurde ausgelassen.</translation>
    </message>
    <message>
      <source>{word} needs something on both sides.</source>
      <translation>{word} braucht etwas auf beiden Seiten.</translation>
    </message>
    <message>
      <source>{word} was read as {meant}.</source>
      <translation>{word} wurde als {meant} gelesen.</translation>
    </message>
  </context>
  <context>
    <name>SetsPart</name>
    <message>
      <source>Beside the sets</source>
      <translation>Außerdem</translation>
    </message>
    <message>
      <source>Came with the program and runs on every computer.</source>
      <translation>Kam mit dem Programm und läuft auf jedem Rechner.</translation>
    </message>
    <message>
      <source>Delete it</source>
      <translation>Löschen</translation>
    </message>
    <message>
      <source>Delete {name} from this computer?</source>
      <translation>{name} von diesem Rechner löschen?</translation>
    </message>
    <message>
      <source>From now on the starter set looks at pictures.</source>
      <translation>Von nun an sieht die Grundausstattung die Bilder an.</translation>
    </message>
    <message>
      <source>Full set</source>
      <translation>Vollausstattung</translation>
    </message>
    <message>
      <source>In use. Until all pictures were looked at with it, searches are answered by what was found before.</source>
      <translation>In Benutzung. Bis alle Bilder damit angesehen sind, beantwortet das bisher Gefundene die Suchen.</translation>
    </message>
    <message>
      <source>Keep it</source>
      <translation>Behalten</translation>
    </message>
    <message>
      <source>Starter set</source>
      <translation>Grundausstattung</translation>
    </message>
    <message>
      <source>Then all {count} photos and videos are looked at again in the background. Until that is done, what was found before answers searches, and nothing is lost when you change back.</source>
      <translation>Dann werden alle {count} Fotos und Videos im Hintergrund noch einmal angesehen. Bis dahin beantwortet das bisher Gefundene die Suchen, und beim Zurückwechseln geht nichts verloren.</translation>
    </message>
    <message>
      <source>Then it looks at all that you add.</source>
      <translation>Dann sieht sie alles an, was Sie hinzufügen.</translation>
    </message>
    <message>
      <source>Understands far more; wants a graphics card, or patience on a processor.</source>
      <translation>Versteht weit mehr; will eine Grafikkarte, oder Geduld auf einem Prozessor.</translation>
    </message>
    <message>
      <source>Use the full set</source>
      <translation>Vollausstattung benutzen</translation>
    </message>
    <message>
      <source>What it found stays; to use it again it has to be got again.</source>
      <translation>Was es gefunden hat, bleibt; zur weiteren Benutzung muss es wieder geholt werden.</translation>
    </message>
    <message>
      <source>{size} become free. {more}</source>
      <translation>{size} werden frei. {more}</translation>
    </message>
  </context>
  <context>
    <name>Settings</name>
    <message>
      <source>%</source>
      <translation>%</translation>
    </message>
    <message>
      <source>16 for CLIP, 8 for DETR</source>
      <translation>16 für CLIP, 8 für DETR</translation>
    </message>
    <message>
      <source>A file that needs more to be decoded is given up and reported (enforced on Linux).</source>
      <translation>Eine Datei, die mehr braucht, wird aufgegeben und gemeldet (durchgesetzt unter Linux).</translation>
    </message>
    <message>
      <source>A file that takes longer is given up and reported; the others go on.</source>
      <translation>Eine Datei, die länger braucht, wird aufgegeben und gemeldet; die anderen gehen weiter.</translation>
    </message>
    <message>
      <source>A network of your own, by its name in `networks list`, that finds COCO's 80 kinds of objects in place of the set's; after a change all pictures are looked at again.</source>
      <translation>Ein eigenes Netz mit seinem Namen aus `networks list`, das die 80 Arten von Gegenständen von COCO anstelle des Netzes der Sammlung findet; nach einer Änderung werden alle Bilder neu angesehen.</translation>
    </message>
    <message>
      <source>A step that is switched off, such as objects, is left out; what it found before stays, and once it is on again it is made up for.</source>
      <translation>Ein abgeschalteter Schritt, etwa Objekte, wird ausgelassen; was er früher fand, bleibt, und wird er wieder eingeschaltet, wird er nachgeholt.</translation>
    </message>
    <message>
      <source>Address of the service</source>
      <translation>Adresse des Dienstes</translation>
    </message>
    <message>
      <source>All frames on one sheet, which is described as a whole or moment by moment; each frame in a request of its own; or a short clip, for models that take videos.</source>
      <translation>Alle Bilder auf einem Bogen, der als Ganzes oder Augenblick für Augenblick beschrieben wird; jedes Bild in einer eigenen Anfrage; oder ein kurzer Ausschnitt, für Modelle, die Videos annehmen.</translation>
    </message>
    <message>
      <source>Analysis waits while the computer runs on its battery, and goes on by itself when it is plugged in.</source>
      <translation>Die Analyse wartet im Akkubetrieb und geht am Netz von selbst weiter.</translation>
    </message>
    <message>
      <source>Back end</source>
      <translation>Ausführung</translation>
    </message>
    <message>
      <source>Batch size</source>
      <translation>Stapelgröße</translation>
    </message>
    <message>
      <source>Blur faces</source>
      <translation>Gesichter unkenntlich machen</translation>
    </message>
    <message>
      <source>Changed keys</source>
      <translation>Geänderte Tasten</translation>
    </message>
    <message>
      <source>Commands with other keys than by default, such as favourite=Ctrl+D; nothing behind the = takes all keys away.</source>
      <translation>Befehle mit anderen Tasten als üblich, etwa favourite=Ctrl+D; nichts hinter dem = nimmt alle Tasten weg.</translation>
    </message>
    <message>
      <source>Confidence of products</source>
      <translation>Sicherheit bei Produkten</translation>
    </message>
    <message>
      <source>Dark or light surroundings for the pictures; system follows what the desktop uses.</source>
      <translation>Dunkle oder helle Umgebung für die Bilder; „System“ folgt dem Desktop.</translation>
    </message>
    <message>
      <source>Files and folders with such a name are passed over when folders are read; * stands for any characters.</source>
      <translation>Dateien und Ordner mit solchen Namen werden beim Lesen übergangen; * steht für beliebige Zeichen.</translation>
    </message>
    <message>
      <source>Folders are read again when you come back to the window after ten minutes or more.</source>
      <translation>Ordner werden neu gelesen, wenn das Fenster nach zehn Minuten oder mehr wieder benutzt wird.</translation>
    </message>
    <message>
      <source>Folders that are only linked to are read as well.</source>
      <translation>Auch nur verknüpfte Ordner werden gelesen.</translation>
    </message>
    <message>
      <source>Follow links</source>
      <translation>Verknüpfungen folgen</translation>
    </message>
    <message>
      <source>Follow things through videos</source>
      <translation>Dinge durch Videos verfolgen</translation>
    </message>
    <message>
      <source>Frames a minute</source>
      <translation>Bilder je Minute</translation>
    </message>
    <message>
      <source>Frames of a video</source>
      <translation>Bilder eines Videos</translation>
    </message>
    <message>
      <source>Frames of videos</source>
      <translation>Bilder aus Videos</translation>
    </message>
    <message>
      <source>Graphics card</source>
      <translation>Grafikkarte</translation>
    </message>
    <message>
      <source>Half leaves every second worker process out, so that other programs stay quick while files are analysed.</source>
      <translation>Halb lässt jeden zweiten Arbeitsprozess weg, damit andere Programme während der Analyse schnell bleiben.</translation>
    </message>
    <message>
      <source>How freely a model words its answer: 0 is the same each time, 100 inventive.</source>
      <translation>Wie frei ein Modell formuliert: 0 ist jedes Mal gleich, 100 einfallsreich.</translation>
    </message>
    <message>
      <source>How long a notice such as 'Rated 12 photos' is shown; those about faults stay until they are closed.</source>
      <translation>Wie lange ein Hinweis wie „12 Fotos bewertet“ zu sehen ist; Fehler bleiben, bis sie geschlossen werden.</translation>
    </message>
    <message>
      <source>How long an answer may be; a model that thinks aloud needs more.</source>
      <translation>Wie lang eine Antwort sein darf; ein Modell, das laut denkt, braucht mehr.</translation>
    </message>
    <message>
      <source>How many files are read and decoded at the same time.</source>
      <translation>Wie viele Dateien gleichzeitig gelesen und dekodiert werden.</translation>
    </message>
    <message>
      <source>How many frames of a minute are looked at, at most; as is usual are 12 for adaptive and motion, 60 for the others.</source>
      <translation>Wie viele Bilder einer Minute höchstens angesehen werden; üblich sind 12 bei „Das Beste jeder Einstellung“ und „Wo sich viel bewegt“, sonst 60.</translation>
    </message>
    <message>
      <source>How many frames of a video are shown to the service.</source>
      <translation>Wie viele Bilder eines Videos dem Dienst gezeigt werden.</translation>
    </message>
    <message>
      <source>How many hits a search lists at most on the command line.</source>
      <translation>Wie viele Treffer eine Suche auf der Kommandozeile höchstens nennt.</translation>
    </message>
    <message>
      <source>How many pictures a network is given at once: more is faster until the memory is full.</source>
      <translation>Wie viele Bilder ein Netz auf einmal bekommt: mehr ist schneller, bis der Speicher voll ist.</translation>
    </message>
    <message>
      <source>How many pictures at once TensorRT's engines are built for: more need more memory; a change builds them anew.</source>
      <translation>Für wie viele Bilder auf einmal TensorRTs Engines gebaut werden: mehr brauchen mehr Speicher; nach einer Änderung werden sie neu gebaut.</translation>
    </message>
    <message>
      <source>How many products of one picture are kept at most, the surest first.</source>
      <translation>Wie viele Produkte eines Bildes höchstens bleiben, die sichersten zuerst.</translation>
    </message>
    <message>
      <source>How many requests wait for their answers at the same time.</source>
      <translation>Wie viele Anfragen zugleich auf Antwort warten.</translation>
    </message>
    <message>
      <source>How many sentences a description has at most.</source>
      <translation>Wie viele Sätze eine Beschreibung höchstens hat.</translation>
    </message>
    <message>
      <source>How much of the graphics card's memory that is free at the start networks may take.</source>
      <translation>Wie viel vom freien Speicher der Grafikkarte die Netze nehmen dürfen.</translation>
    </message>
    <message>
      <source>How often folders are read again while the program is open, whatever the system tells.</source>
      <translation>Wie oft Ordner neu gelesen werden, solange das Programm offen ist.</translation>
    </message>
    <message>
      <source>How videos are asked about</source>
      <translation>Wie nach Videos gefragt wird</translation>
    </message>
    <message>
      <source>Ids of the models to ask, tried in this order; without any, known ones that the service offers.</source>
      <translation>Kennungen der Modelle, in dieser Reihenfolge versucht; ohne Angabe bekannte, die der Dienst anbietet.</translation>
    </message>
    <message>
      <source>If the program ends unexpectedly, a report without names of your files is kept on this computer; it is sent nowhere.</source>
      <translation>Endet das Programm unerwartet, bleibt auf diesem Rechner ein Bericht ohne Dateinamen; er wird nirgendwohin gesendet.</translation>
    </message>
    <message>
      <source>In which language descriptions and tags are asked for.</source>
      <translation>In welcher Sprache Beschreibungen und Schlagwörter erbeten werden.</translation>
    </message>
    <message>
      <source>Keep crash reports</source>
      <translation>Absturzberichte behalten</translation>
    </message>
    <message>
      <source>Keep networks loaded</source>
      <translation>Netze geladen lassen</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>Sprache</translation>
    </message>
    <message>
      <source>Language of descriptions</source>
      <translation>Sprache der Beschreibungen</translation>
    </message>
    <message>
      <source>Language of videos</source>
      <translation>Sprache der Videos</translation>
    </message>
    <message>
      <source>Largest batch of engines</source>
      <translation>Größter Stapel der Engines</translation>
    </message>
    <message>
      <source>Left out</source>
      <translation>Ausgelassen</translation>
    </message>
    <message>
      <source>Length of descriptions</source>
      <translation>Länge von Beschreibungen</translation>
    </message>
    <message>
      <source>Longest answer</source>
      <translation>Längste Antwort</translation>
    </message>
    <message>
      <source>Look again every</source>
      <translation>Durchsehen alle</translation>
    </message>
    <message>
      <source>Look again on return</source>
      <translation>Bei Rückkehr durchsehen</translation>
    </message>
    <message>
      <source>Look into videos</source>
      <translation>In Videos hineinsehen</translation>
    </message>
    <message>
      <source>MB</source>
      <translation>MB</translation>
    </message>
    <message>
      <source>Memory for one worker</source>
      <translation>Speicher je Arbeitsprozess</translation>
    </message>
    <message>
      <source>Memory of the graphics card</source>
      <translation>Speicher der Grafikkarte</translation>
    </message>
    <message>
      <source>Models</source>
      <translation>Modelle</translation>
    </message>
    <message>
      <source>NVIDIA's retail detector, one that looks for your own words, or the model that describes; automatic takes words where there are some, retail at NVIDIA, and the model elsewhere.</source>
      <translation>NVIDIAs Handelserkennung, eine nach eigenen Wörtern, oder das beschreibende Modell; automatisch nimmt Wörter, wo es welche gibt, bei NVIDIA die Handelserkennung, sonst das Modell.</translation>
    </message>
    <message>
      <source>Networks</source>
      <translation>Netze</translation>
    </message>
    <message>
      <source>Networks stay in memory while the window is open, so that new files are looked at at once; otherwise they leave the graphics card after ten minutes without work, and the computer's memory at once.</source>
      <translation>Die Netze bleiben im Speicher, solange das Fenster offen ist, damit neue Dateien sofort angesehen werden; sonst verlassen sie die Grafikkarte nach zehn Minuten ohne Arbeit und den Arbeitsspeicher sofort.</translation>
    </message>
    <message>
      <source>New and changed files appear by themselves once the system tells of them, which network drives do not.</source>
      <translation>Neue und geänderte Dateien erscheinen von selbst, sobald das System sie meldet; Netzlaufwerke melden nichts.</translation>
    </message>
    <message>
      <source>No more requests than this are sent in any minute; NVIDIA refuses more than about 40 of most accounts.</source>
      <translation>Mehr Anfragen werden in keiner Minute gesendet; NVIDIA lehnt bei den meisten Konten mehr als etwa 40 ab.</translation>
    </message>
    <message>
      <source>Nothing is sent to any service, whatever is allowed or asked for.</source>
      <translation>Nichts wird an einen Dienst gesendet, was auch erlaubt oder verlangt ist.</translation>
    </message>
    <message>
      <source>Notice changes</source>
      <translation>Änderungen bemerken</translation>
    </message>
    <message>
      <source>Notices stay for</source>
      <translation>Dauer von Hinweisen</translation>
    </message>
    <message>
      <source>Number of hits</source>
      <translation>Zahl der Treffer</translation>
    </message>
    <message>
      <source>Own network for objects</source>
      <translation>Eigenes Netz für Gegenstände</translation>
    </message>
    <message>
      <source>Own request</source>
      <translation>Eigene Frage</translation>
    </message>
    <message>
      <source>Pause on battery</source>
      <translation>Im Akkubetrieb anhalten</translation>
    </message>
    <message>
      <source>Politeness of workers</source>
      <translation>Rücksicht der Arbeitsprozesse</translation>
    </message>
    <message>
      <source>Precision of networks</source>
      <translation>Genauigkeit der Netze</translation>
    </message>
    <message>
      <source>Processor use</source>
      <translation>Prozessornutzung</translation>
    </message>
    <message>
      <source>Product detector</source>
      <translation>Produkterkennung</translation>
    </message>
    <message>
      <source>Product words</source>
      <translation>Produktwörter</translation>
    </message>
    <message>
      <source>Products of a picture</source>
      <translation>Produkte je Bild</translation>
    </message>
    <message>
      <source>Products that the detector is less sure of are left out.</source>
      <translation>Produkte, bei denen die Erkennung weniger sicher ist, entfallen.</translation>
    </message>
    <message>
      <source>Requests a minute</source>
      <translation>Anfragen je Minute</translation>
    </message>
    <message>
      <source>Requests at once</source>
      <translation>Anfragen gleichzeitig</translation>
    </message>
    <message>
      <source>Service</source>
      <translation>Dienst</translation>
    </message>
    <message>
      <source>Stay offline</source>
      <translation>Offline bleiben</translation>
    </message>
    <message>
      <source>Steps of the analysis</source>
      <translation>Schritte der Analyse</translation>
    </message>
    <message>
      <source>Temperature</source>
      <translation>Temperatur</translation>
    </message>
    <message>
      <source>The heads of people are made unrecognisable in all that is sent, with much around them. Not everybody is found: who is small, cut off, in a crowd, behind glass or on a poster may stay as they are.</source>
      <translation>Köpfe von Menschen werden in allem, was gesendet wird, unkenntlich gemacht, und vieles um sie herum. Nicht jeder wird gefunden: Wer klein, angeschnitten, in einer Menge, hinter Glas oder auf einem Plakat zu sehen ist, bleibt womöglich, wie er ist.</translation>
    </message>
    <message>
      <source>The higher, the more readily workers leave the processor to other programs (no effect on Windows).</source>
      <translation>Je höher, desto eher überlassen sie den Prozessor anderen Programmen (ohne Wirkung unter Windows).</translation>
    </message>
    <message>
      <source>The language of the window; system follows the desktop, and is English where a language is not there yet.</source>
      <translation>Die Sprache des Fensters; „System“ folgt dem Desktop und ist Englisch, wo eine Sprache noch fehlt.</translation>
    </message>
    <message>
      <source>The language spoken in videos, such as en or de.</source>
      <translation>Die Sprache, die in Videos gesprochen wird, etwa en oder de.</translation>
    </message>
    <message>
      <source>The number format networks calculate in: fewer bits are faster and need less memory, fp32 is the reference. Automatic is fp32 on the processor, where bf16 names one photo in fifteen otherwise.</source>
      <translation>Das Zahlenformat der Netze: weniger Bits sind schneller und brauchen weniger Speicher, fp32 ist der Maßstab. Automatisch heißt fp32 auf dem Prozessor, wo bf16 jedes fünfzehnte Foto anders benennt.</translation>
    </message>
    <message>
      <source>Theme</source>
      <translation>Erscheinungsbild</translation>
    </message>
    <message>
      <source>Time for one file</source>
      <translation>Zeit je Datei</translation>
    </message>
    <message>
      <source>Videos are looked at moment by moment, so that a search finds the second; else one frame stands for all.</source>
      <translation>Videos werden Moment für Moment angesehen, sodass eine Suche die Sekunde findet; sonst steht ein Bild für alles.</translation>
    </message>
    <message>
      <source>What is asked instead of a plain description, such as: Describe the clothes in this picture.</source>
      <translation>Was statt einer einfachen Beschreibung gefragt wird, etwa: Beschreibe die Kleidung auf diesem Bild.</translation>
    </message>
    <message>
      <source>What is said in videos is written down with the second of each word, once a network for speech was got and the extra speech is installed.</source>
      <translation>Was in Videos gesagt wird, wird mit der Sekunde jedes Worts mitgeschrieben, sobald ein Netz für Sprache geholt wurde und das Extra speech installiert ist.</translation>
    </message>
    <message>
      <source>What is seen in a video is followed from frame to frame, so that three dogs are three however often they are seen; automatic does it where a graphics card runs the networks, for a processor is busy with it for long.</source>
      <translation>Was in einem Video zu sehen ist, wird von Bild zu Bild verfolgt, sodass drei Hunde drei sind, wie oft sie auch zu sehen sind; automatisch geschieht das, wo eine Grafikkarte die Netze rechnet, denn ein Prozessor ist lange damit beschäftigt.</translation>
    </message>
    <message>
      <source>What looks at pictures: the small networks that came with the program, or the full ones once they were got; after a change all pictures are looked at again, and until then what was found before is searched.</source>
      <translation>Was Bilder ansieht: die kleinen Netze, die dem Programm beiliegen, oder die großen, sobald sie geholt sind; nach einer Änderung werden alle Bilder neu angesehen, und bis dahin wird durchsucht, was vorher gefunden wurde.</translation>
    </message>
    <message>
      <source>What runs the networks: automatic takes the fastest that works on this computer.</source>
      <translation>Was die Netze ausführt: automatisch nimmt das Schnellste, das auf diesem Rechner geht.</translation>
    </message>
    <message>
      <source>What the detector for own words looks for, such as: coke can, cereal box.</source>
      <translation>Wonach die Erkennung nach eigenen Wörtern sucht, etwa: coke can, cereal box.</translation>
    </message>
    <message>
      <source>Where the service is, such as http://localhost:11434/v1; http only on this computer or in its own network.</source>
      <translation>Wo der Dienst ist, etwa http://localhost:11434/v1; http nur auf diesem Rechner oder im eigenen Netz.</translation>
    </message>
    <message>
      <source>Which NVIDIA card runs the networks: automatic takes the first, all shares the pictures out among all of them, and the identity of one (GPU-…, as `status` shows it) takes that.</source>
      <translation>Auf welcher NVIDIA-Karte die Netze laufen: automatic nimmt die erste, all verteilt die Bilder auf alle, und die Kennung einer Karte (GPU-…, wie `status` sie zeigt) nimmt diese.</translation>
    </message>
    <message>
      <source>Which frames are looked at: the best of each shot (adaptive), at equal distances (uniform), those that can be decoded alone (keyframes), or wherever much moves (motion).</source>
      <translation>Welche Bilder angesehen werden: das beste jeder Einstellung (adaptive), in gleichen Abständen (uniform), die allein dekodierbaren (keyframes) oder wo sich viel bewegt (motion).</translation>
    </message>
    <message>
      <source>Who is asked: NVIDIA's cloud, or a server on this computer, so that nothing leaves it.</source>
      <translation>Wer gefragt wird: NVIDIAs Cloud oder ein Server auf diesem Rechner, sodass nichts ihn verlässt.</translation>
    </message>
    <message>
      <source>Worker processes</source>
      <translation>Arbeitsprozesse</translation>
    </message>
    <message>
      <source>Write down what is said in videos</source>
      <translation>Gesprochenes in Videos mitschreiben</translation>
    </message>
    <message>
      <source>a plain description</source>
      <translation>eine einfache Beschreibung</translation>
    </message>
    <message>
      <source>as is usual</source>
      <translation>wie üblich</translation>
    </message>
    <message>
      <source>chosen to fit the memory</source>
      <translation>passend zum Speicher</translation>
    </message>
    <message>
      <source>each video's own, as it is heard</source>
      <translation>die eigene jedes Videos, wie sie zu hören ist</translation>
    </message>
    <message>
      <source>every step is on</source>
      <translation>alle Schritte sind an</translation>
    </message>
    <message>
      <source>frames</source>
      <translation>Bilder</translation>
    </message>
    <message>
      <source>hits</source>
      <translation>Treffer</translation>
    </message>
    <message>
      <source>hundredths</source>
      <translation>Hundertstel</translation>
    </message>
    <message>
      <source>min</source>
      <translation>min</translation>
    </message>
    <message>
      <source>never</source>
      <translation>nie</translation>
    </message>
    <message>
      <source>one for each processor core, at most 8</source>
      <translation>einer je Prozessorkern, höchstens 8</translation>
    </message>
    <message>
      <source>pictures</source>
      <translation>Bilder</translation>
    </message>
    <message>
      <source>requests</source>
      <translation>Anfragen</translation>
    </message>
    <message>
      <source>s</source>
      <translation>s</translation>
    </message>
    <message>
      <source>sentences</source>
      <translation>Sätze</translation>
    </message>
    <message>
      <source>the one of the set</source>
      <translation>das der Sammlung</translation>
    </message>
    <message>
      <source>tokens</source>
      <translation>Token</translation>
    </message>
    <message>
      <source>where such a service usually is</source>
      <translation>wo ein solcher Dienst üblicherweise ist</translation>
    </message>
  </context>
  <context>
    <name>SettingsDialog</name>
    <message>
      <source>A short clip</source>
      <translation>Ein kurzer Ausschnitt</translation>
    </message>
    <message>
      <source>Advanced</source>
      <translation>Erweitert</translation>
    </message>
    <message>
      <source>All of them</source>
      <translation>Alle</translation>
    </message>
    <message>
      <source>All on one sheet</source>
      <translation>Alle auf einem Bogen</translation>
    </message>
    <message>
      <source>Analysis</source>
      <translation>Analyse</translation>
    </message>
    <message>
      <source>Another server</source>
      <translation>Anderer Server</translation>
    </message>
    <message>
      <source>Appearance</source>
      <translation>Darstellung</translation>
    </message>
    <message>
      <source>At equal distances</source>
      <translation>In gleichen Abständen</translation>
    </message>
    <message>
      <source>Automatic</source>
      <translation>Automatisch</translation>
    </message>
    <message>
      <source>Cloud</source>
      <translation>Cloud</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>Dunkel</translation>
    </message>
    <message>
      <source>Default: {value}.</source>
      <translation>Vorgabe: {value}.</translation>
    </message>
    <message>
      <source>Folders</source>
      <translation>Ordner</translation>
    </message>
    <message>
      <source>From {lowest} to {highest}.</source>
      <translation>Von {lowest} bis {highest}.</translation>
    </message>
    <message>
      <source>Full</source>
      <translation>Voll</translation>
    </message>
    <message>
      <source>General</source>
      <translation>Allgemein</translation>
    </message>
    <message>
      <source>Half</source>
      <translation>Halb</translation>
    </message>
    <message>
      <source>Keyframes only</source>
      <translation>Nur Schlüsselbilder</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>Hell</translation>
    </message>
    <message>
      <source>Like the system</source>
      <translation>Wie das System</translation>
    </message>
    <message>
      <source>My own words</source>
      <translation>Eigene Wörter</translation>
    </message>
    <message>
      <source>NVIDIA NIM of your own</source>
      <translation>Eigenes NVIDIA NIM</translation>
    </message>
    <message>
      <source>NVIDIA's cloud</source>
      <translation>NVIDIAs Cloud</translation>
    </message>
    <message>
      <source>NVIDIA's retail detector</source>
      <translation>NVIDIAs Erkenner für Handelsprodukte</translation>
    </message>
    <message>
      <source>Networks</source>
      <translation>Netze</translation>
    </message>
    <message>
      <source>On one sheet, moment by moment</source>
      <translation>Auf einem Bogen, Augenblick für Augenblick</translation>
    </message>
    <message>
      <source>One after the other</source>
      <translation>Eines nach dem anderen</translation>
    </message>
    <message>
      <source>Pages of the settings</source>
      <translation>Seiten der Einstellungen</translation>
    </message>
    <message>
      <source>Privacy</source>
      <translation>Datenschutz</translation>
    </message>
    <message>
      <source>Search</source>
      <translation>Suche</translation>
    </message>
    <message>
      <source>Search the settings</source>
      <translation>Einstellungen durchsuchen</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>Einstellungen</translation>
    </message>
    <message>
      <source>Shortcuts</source>
      <translation>Tasten</translation>
    </message>
    <message>
      <source>Starter set</source>
      <translation>Grundausstattung</translation>
    </message>
    <message>
      <source>Takes effect at the next start.</source>
      <translation>Wirkt beim nächsten Start.</translation>
    </message>
    <message>
      <source>The best of each shot</source>
      <translation>Das beste jeder Einstellung</translation>
    </message>
    <message>
      <source>The model that describes</source>
      <translation>Das beschreibende Modell</translation>
    </message>
    <message>
      <source>Where much moves</source>
      <translation>Wo sich viel bewegt</translation>
    </message>
    <message>
      <source>none</source>
      <translation>keine</translation>
    </message>
    <message>
      <source>off</source>
      <translation>aus</translation>
    </message>
    <message>
      <source>on</source>
      <translation>ein</translation>
    </message>
  </context>
  <context>
    <name>Shortcuts</name>
    <message>
      <source>About Image Engine</source>
      <translation>Über Image Engine</translation>
    </message>
    <message>
      <source>Add folder…</source>
      <translation>Ordner hinzufügen…</translation>
    </message>
    <message>
      <source>Analyse again</source>
      <translation>Neu analysieren</translation>
    </message>
    <message>
      <source>Back to the grid</source>
      <translation>Zurück zum Raster</translation>
    </message>
    <message>
      <source>Blue label</source>
      <translation>Blaue Marke</translation>
    </message>
    <message>
      <source>Clear search</source>
      <translation>Suche leeren</translation>
    </message>
    <message>
      <source>Compare</source>
      <translation>Vergleichen</translation>
    </message>
    <message>
      <source>Compare with the next</source>
      <translation>Mit dem nächsten vergleichen</translation>
    </message>
    <message>
      <source>Compare with the one before</source>
      <translation>Mit dem vorigen vergleichen</translation>
    </message>
    <message>
      <source>Copy file</source>
      <translation>Datei kopieren</translation>
    </message>
    <message>
      <source>Copy frame</source>
      <translation>Bild kopieren</translation>
    </message>
    <message>
      <source>Copy path</source>
      <translation>Pfad kopieren</translation>
    </message>
    <message>
      <source>Describe with VLM…</source>
      <translation>Mit VLM beschreiben…</translation>
    </message>
    <message>
      <source>Detect products…</source>
      <translation>Produkte erkennen…</translation>
    </message>
    <message>
      <source>Everywhere</source>
      <translation>Überall</translation>
    </message>
    <message>
      <source>Export clip…</source>
      <translation>Ausschnitt exportieren…</translation>
    </message>
    <message>
      <source>Favourite</source>
      <translation>Favorit</translation>
    </message>
    <message>
      <source>Find similar</source>
      <translation>Ähnliche finden</translation>
    </message>
    <message>
      <source>Fit or 100 %</source>
      <translation>Einpassen oder 100 %</translation>
    </message>
    <message>
      <source>Fit to window</source>
      <translation>In das Fenster einpassen</translation>
    </message>
    <message>
      <source>Folders…</source>
      <translation>Ordner…</translation>
    </message>
    <message>
      <source>Full screen</source>
      <translation>Vollbild</translation>
    </message>
    <message>
      <source>Green label</source>
      <translation>Grüne Marke</translation>
    </message>
    <message>
      <source>Grid</source>
      <translation>Raster</translation>
    </message>
    <message>
      <source>Hide</source>
      <translation>Ausblenden</translation>
    </message>
    <message>
      <source>Keys</source>
      <translation>Tasten</translation>
    </message>
    <message>
      <source>Larger tiles</source>
      <translation>Größere Kacheln</translation>
    </message>
    <message>
      <source>Look for new files</source>
      <translation>Neue Dateien suchen</translation>
    </message>
    <message>
      <source>Move to trash…</source>
      <translation>In den Papierkorb…</translation>
    </message>
    <message>
      <source>Mute</source>
      <translation>Stumm</translation>
    </message>
    <message>
      <source>Next</source>
      <translation>Weiter</translation>
    </message>
    <message>
      <source>Next day</source>
      <translation>Nächster Tag</translation>
    </message>
    <message>
      <source>Next frame</source>
      <translation>Nächstes Einzelbild</translation>
    </message>
    <message>
      <source>Next moment</source>
      <translation>Nächster Moment</translation>
    </message>
    <message>
      <source>Next moment of the video</source>
      <translation>Nächster Moment des Videos</translation>
    </message>
    <message>
      <source>Next month</source>
      <translation>Nächster Monat</translation>
    </message>
    <message>
      <source>Next place that was found</source>
      <translation>Nächste Fundstelle</translation>
    </message>
    <message>
      <source>Next year</source>
      <translation>Nächstes Jahr</translation>
    </message>
    <message>
      <source>No rating</source>
      <translation>Keine Bewertung</translation>
    </message>
    <message>
      <source>Open in viewer</source>
      <translation>Im Betrachter öffnen</translation>
    </message>
    <message>
      <source>Photos and videos</source>
      <translation>Fotos und Videos</translation>
    </message>
    <message>
      <source>Pick</source>
      <translation>Vormerken</translation>
    </message>
    <message>
      <source>Play faster</source>
      <translation>Schneller abspielen</translation>
    </message>
    <message>
      <source>Play or pause, else next</source>
      <translation>Abspielen oder anhalten, sonst weiter</translation>
    </message>
    <message>
      <source>Play slower</source>
      <translation>Langsamer abspielen</translation>
    </message>
    <message>
      <source>Previous</source>
      <translation>Zurück</translation>
    </message>
    <message>
      <source>Previous day</source>
      <translation>Voriger Tag</translation>
    </message>
    <message>
      <source>Previous frame</source>
      <translation>Voriges Einzelbild</translation>
    </message>
    <message>
      <source>Previous moment</source>
      <translation>Voriger Moment</translation>
    </message>
    <message>
      <source>Previous moment of the video</source>
      <translation>Voriger Moment des Videos</translation>
    </message>
    <message>
      <source>Previous month</source>
      <translation>Voriger Monat</translation>
    </message>
    <message>
      <source>Previous place that was found</source>
      <translation>Vorige Fundstelle</translation>
    </message>
    <message>
      <source>Previous year</source>
      <translation>Voriges Jahr</translation>
    </message>
    <message>
      <source>Properties</source>
      <translation>Eigenschaften</translation>
    </message>
    <message>
      <source>Purple label</source>
      <translation>Violette Marke</translation>
    </message>
    <message>
      <source>Quit</source>
      <translation>Beenden</translation>
    </message>
    <message>
      <source>Rate 1 star</source>
      <translation>1 Stern</translation>
    </message>
    <message>
      <source>Rate 2 stars</source>
      <translation>2 Sterne</translation>
    </message>
    <message>
      <source>Rate 3 stars</source>
      <translation>3 Sterne</translation>
    </message>
    <message>
      <source>Rate 4 stars</source>
      <translation>4 Sterne</translation>
    </message>
    <message>
      <source>Rate 5 stars</source>
      <translation>5 Sterne</translation>
    </message>
    <message>
      <source>Red label</source>
      <translation>Rote Marke</translation>
    </message>
    <message>
      <source>Redo</source>
      <translation>Wiederholen</translation>
    </message>
    <message>
      <source>Reject</source>
      <translation>Ablehnen</translation>
    </message>
    <message>
      <source>Remove from library</source>
      <translation>Aus der Bibliothek nehmen</translation>
    </message>
    <message>
      <source>Repeat from here (A)</source>
      <translation>Ab hier wiederholen (A)</translation>
    </message>
    <message>
      <source>Repeat no longer</source>
      <translation>Nicht mehr wiederholen</translation>
    </message>
    <message>
      <source>Repeat up to here (B)</source>
      <translation>Bis hier wiederholen (B)</translation>
    </message>
    <message>
      <source>Save search…</source>
      <translation>Suche speichern…</translation>
    </message>
    <message>
      <source>Search</source>
      <translation>Suche</translation>
    </message>
    <message>
      <source>Select all</source>
      <translation>Alles auswählen</translation>
    </message>
    <message>
      <source>Select nothing</source>
      <translation>Auswahl aufheben</translation>
    </message>
    <message>
      <source>Settings…</source>
      <translation>Einstellungen…</translation>
    </message>
    <message>
      <source>Show activity</source>
      <translation>Aktivität zeigen</translation>
    </message>
    <message>
      <source>Show cockpit</source>
      <translation>Cockpit zeigen</translation>
    </message>
    <message>
      <source>Show filmstrip</source>
      <translation>Filmstreifen zeigen</translation>
    </message>
    <message>
      <source>Show in folder</source>
      <translation>Im Ordner zeigen</translation>
    </message>
    <message>
      <source>Show info panel</source>
      <translation>Infobereich zeigen</translation>
    </message>
    <message>
      <source>Show object boxes</source>
      <translation>Objektrahmen zeigen</translation>
    </message>
    <message>
      <source>Show sidebar</source>
      <translation>Seitenleiste zeigen</translation>
    </message>
    <message>
      <source>Show what is said</source>
      <translation>Gesprochenes zeigen</translation>
    </message>
    <message>
      <source>Slide show</source>
      <translation>Diaschau</translation>
    </message>
    <message>
      <source>Smaller tiles</source>
      <translation>Kleinere Kacheln</translation>
    </message>
    <message>
      <source>Suggest tags…</source>
      <translation>Schlagwörter vorschlagen…</translation>
    </message>
    <message>
      <source>Tag…</source>
      <translation>Schlagwort…</translation>
    </message>
    <message>
      <source>Take rating and pick back</source>
      <translation>Bewertung und Vormerkung zurücknehmen</translation>
    </message>
    <message>
      <source>Turn left (view only)</source>
      <translation>Nach links drehen (nur Ansicht)</translation>
    </message>
    <message>
      <source>Turn right (view only)</source>
      <translation>Nach rechts drehen (nur Ansicht)</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>Rückgängig</translation>
    </message>
    <message>
      <source>Viewer</source>
      <translation>Betrachter</translation>
    </message>
    <message>
      <source>Yellow label</source>
      <translation>Gelbe Marke</translation>
    </message>
    <message>
      <source>Zoom in</source>
      <translation>Vergrößern</translation>
    </message>
    <message>
      <source>Zoom out</source>
      <translation>Verkleinern</translation>
    </message>
  </context>
  <context>
    <name>Stars</name>
    <message>
      <source>Rating</source>
      <translation>Bewertung</translation>
    </message>
    <message>
      <source>Rating (keys 0 to 5)</source>
      <translation>Bewertung (Tasten 0 bis 5)</translation>
    </message>
    <message>
      <source>{stars} of 5 stars</source>
      <translation>{stars} von 5 Sternen</translation>
    </message>
  </context>
  <context>
    <name>Strip</name>
    <message>
      <source>Cockpit: {state}</source>
      <translation>Cockpit: {state}</translation>
    </message>
  </context>
  <context>
    <name>TagChip</name>
    <message>
      <source>Take “{name}” away</source>
      <translation>„{name}“ wegnehmen</translation>
    </message>
    <message>
      <source>“{name}” is right</source>
      <translation>„{name}“ stimmt</translation>
    </message>
    <message>
      <source>“{name}” is wrong</source>
      <translation>„{name}“ stimmt nicht</translation>
    </message>
  </context>
  <context>
    <name>TagDialog</name>
    <message>
      <source>&amp;Tags, with commas between them</source>
      <translation>&amp;Schlagwörter, durch Kommas getrennt</translation>
    </message>
    <message>
      <source>Add tags</source>
      <translation>Schlagwörter hinzufügen</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>Tag 1 item</source>
      <translation>1 Element verschlagworten</translation>
    </message>
    <message>
      <source>Tag {count} items</source>
      <translation>{count} Elemente verschlagworten</translation>
    </message>
  </context>
  <context>
    <name>TagLine</name>
    <message>
      <source>Tags</source>
      <translation>Schlagwörter</translation>
    </message>
    <message>
      <source>such as Lisbon, holiday</source>
      <translation>etwa Lissabon, Urlaub</translation>
    </message>
  </context>
  <context>
    <name>Tile</name>
    <message>
      <source>LIVE</source>
      <translation>LIVE</translation>
    </message>
  </context>
  <context>
    <name>Trash</name>
    <message>
      <source>1 XMP file</source>
      <translation>1 XMP-Datei</translation>
    </message>
    <message>
      <source>1 raw file</source>
      <translation>1 Raw-Datei</translation>
    </message>
    <message>
      <source>1 video of a live photo</source>
      <translation>1 Video eines Live-Fotos</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>Move 1 file to trash</source>
      <translation>1 Datei in den Papierkorb</translation>
    </message>
    <message>
      <source>Move {count} files to trash</source>
      <translation>{count} Dateien in den Papierkorb</translation>
    </message>
    <message>
      <source>Move {count} photos and videos to the trash?</source>
      <translation>{count} Fotos und Videos in den Papierkorb legen?</translation>
    </message>
    <message>
      <source>Move {name} to the trash?</source>
      <translation>{name} in den Papierkorb legen?</translation>
    </message>
    <message>
      <source>The files themselves leave their folders; until the trash is emptied they can be restored there.</source>
      <translation>Die Dateien selbst verlassen ihre Ordner; bis der Papierkorb geleert wird, lassen sie sich dort wiederherstellen.</translation>
    </message>
    <message>
      <source>To only stop showing them here, choose Remove from library instead.</source>
      <translation>Um sie nur hier nicht mehr zu zeigen, wählen Sie stattdessen „Aus der Bibliothek nehmen“.</translation>
    </message>
    <message>
      <source>What belongs to them goes along: {files}.</source>
      <translation>Was dazugehört, geht mit: {files}.</translation>
    </message>
    <message>
      <source>What you typed is kept for when they come back.</source>
      <translation>Was Sie eingegeben haben, bleibt erhalten, falls sie zurückkommen.</translation>
    </message>
    <message>
      <source>{count} XMP files</source>
      <translation>{count} XMP-Dateien</translation>
    </message>
    <message>
      <source>{count} of the selected items cannot be reached now and stay.</source>
      <translation>{count} der ausgewählten Elemente sind jetzt nicht erreichbar und bleiben.</translation>
    </message>
    <message>
      <source>{count} raw files</source>
      <translation>{count} Raw-Dateien</translation>
    </message>
    <message>
      <source>{count} videos of live photos</source>
      <translation>{count} Videos von Live-Fotos</translation>
    </message>
  </context>
  <context>
    <name>TrialPart</name>
    <message>
      <source>Ask this one first</source>
      <translation>Dieses zuerst fragen</translation>
    </message>
    <message>
      <source>Asking…</source>
      <translation>Wird gefragt…</translation>
    </message>
    <message>
      <source>It is shown a grey square; nothing of yours is sent.</source>
      <translation>Ihm wird ein graues Quadrat gezeigt; nichts Eigenes wird gesendet.</translation>
    </message>
    <message>
      <source>None of those that look at pictures answers.</source>
      <translation>Keines von denen, die Bilder ansehen, antwortet.</translation>
    </message>
    <message>
      <source>Test the service</source>
      <translation>Dienst testen</translation>
    </message>
    <message>
      <source>The service offers {count} models.</source>
      <translation>Der Dienst bietet {count} Modelle an.</translation>
    </message>
    <message>
      <source>{name} answers.</source>
      <translation>{name} antwortet.</translation>
    </message>
  </context>
  <context>
    <name>UpToDate</name>
    <message>
      <source>An older version made this library. It is being brought up to date.</source>
      <translation>Diese Bibliothek stammt von einer älteren Version. Sie wird auf den neuen Stand gebracht.</translation>
    </message>
    <message>
      <source>Stop; the next start goes on from here</source>
      <translation>Anhalten; der nächste Start macht hier weiter</translation>
    </message>
  </context>
  <context>
    <name>Viewer</name>
    <message>
      <source>No objects were found in this picture.</source>
      <translation>In diesem Bild wurden keine Objekte gefunden.</translation>
    </message>
    <message>
      <source>Slide show: Esc ends it.</source>
      <translation>Diaschau: Esc beendet sie.</translation>
    </message>
    <message>
      <source>There is nothing to compare it with.</source>
      <translation>Es gibt nichts, womit es verglichen werden könnte.</translation>
    </message>
    <message>
      <source>This item is no longer in the library.</source>
      <translation>Dieses Element ist nicht mehr in der Bibliothek.</translation>
    </message>
    <message>
      <source>{name} cannot be reached: its drive is away, or the file was deleted.</source>
      <translation>{name} ist nicht erreichbar: Das Laufwerk fehlt, oder die Datei wurde gelöscht.</translation>
    </message>
  </context>
  <context>
    <name>Views</name>
    <message>
      <source>Duplicates</source>
      <translation>Duplikate</translation>
    </message>
    <message>
      <source>Pictures</source>
      <translation>Bilder</translation>
    </message>
    <message>
      <source>Products</source>
      <translation>Produkte</translation>
    </message>
  </context>
  <context>
    <name>Watcher</name>
    <message>
      <source>Changes in {folder} are not noticed by themselves, since the system watches as many folders as it may; they are found when folders are looked at again.</source>
      <translation>Änderungen in {folder} werden nicht von selbst bemerkt, weil das System schon so viele Ordner beobachtet, wie es darf; gefunden werden sie beim nächsten Nachsehen.</translation>
    </message>
  </context>
  <context>
    <name>Words</name>
    <message>
      <source> and {count} more</source>
      <translation> und {count} weiteren</translation>
    </message>
    <message>
      <source>A part of the picture is damaged.</source>
      <translation>Ein Teil des Bildes ist beschädigt.</translation>
    </message>
    <message>
      <source>Copy in {folder}</source>
      <translation>Kopie in {folder}</translation>
    </message>
    <message>
      <source>Description</source>
      <translation>Beschreibung</translation>
    </message>
    <message>
      <source>Details of the file</source>
      <translation>Angaben der Datei</translation>
    </message>
    <message>
      <source>Found at {places}</source>
      <translation>Gefunden bei {places}</translation>
    </message>
    <message>
      <source>Meaning</source>
      <translation>Bedeutung</translation>
    </message>
    <message>
      <source>Moments of the video</source>
      <translation>Momente des Videos</translation>
    </message>
    <message>
      <source>No date</source>
      <translation>Kein Datum</translation>
    </message>
    <message>
      <source>Objects</source>
      <translation>Objekte</translation>
    </message>
    <message>
      <source>Products</source>
      <translation>Produkte</translation>
    </message>
    <message>
      <source>Rated {stars} of 5</source>
      <translation>Mit {stars} von 5 bewertet</translation>
    </message>
    <message>
      <source>Scenes and things</source>
      <translation>Szenen und Dinge</translation>
    </message>
    <message>
      <source>Sharpness, colours, quality</source>
      <translation>Schärfe, Farben, Qualität</translation>
    </message>
    <message>
      <source>Suggested tags</source>
      <translation>Vorgeschlagene Schlagwörter</translation>
    </message>
    <message>
      <source>The drive or folder cannot be reached now.</source>
      <translation>Laufwerk oder Ordner ist jetzt nicht erreichbar.</translation>
    </message>
    <message>
      <source>The file cannot be read.</source>
      <translation>Die Datei ist nicht lesbar.</translation>
    </message>
    <message>
      <source>The file is damaged.</source>
      <translation>Die Datei ist beschädigt.</translation>
    </message>
    <message>
      <source>The file is left out by the settings, or its folder was taken out of the library.</source>
      <translation>Die Datei ist in den Einstellungen ausgelassen, oder ihr Ordner wurde aus der Bibliothek genommen.</translation>
    </message>
    <message>
      <source>The file is no longer where it was.</source>
      <translation>Die Datei ist nicht mehr an ihrem Ort.</translation>
    </message>
    <message>
      <source>The file needs more memory or time than a file may have.</source>
      <translation>Die Datei braucht mehr Speicher oder Zeit, als eine Datei haben darf.</translation>
    </message>
    <message>
      <source>Things followed through videos</source>
      <translation>Durch Videos verfolgte Dinge</translation>
    </message>
    <message>
      <source>This kind of file is not supported.</source>
      <translation>Diese Dateiart wird nicht unterstützt.</translation>
    </message>
    <message>
      <source>Thumbnail</source>
      <translation>Vorschaubild</translation>
    </message>
    <message>
      <source>Video, {length}</source>
      <translation>Video, {length}</translation>
    </message>
    <message>
      <source>Waiting to be examined.</source>
      <translation>Wartet auf die Untersuchung.</translation>
    </message>
    <message>
      <source>What is said in videos</source>
      <translation>Was in Videos gesagt wird</translation>
    </message>
    <message>
      <source>all the time</source>
      <translation>die ganze Zeit</translation>
    </message>
    <message>
      <source>in {share} of the time</source>
      <translation>in {share} der Zeit</translation>
    </message>
  </context>
  <context>
    <name>WorldMap</name>
    <message>
      <source>On the map of the world</source>
      <translation>Auf der Weltkarte</translation>
    </message>
    <message>
      <source>Towns: GeoNames, CC BY 4.0. Map: Natural Earth.</source>
      <translation>Orte: GeoNames, CC BY 4.0. Karte: Natural Earth.</translation>
    </message>
  </context>
  <context>
    <name>_Body</name>
    <message>
      <source>Add tags, with commas between them</source>
      <translation>Schlagwörter hinzufügen, durch Kommas getrennt</translation>
    </message>
    <message>
      <source>Favourite</source>
      <translation>Favorit</translation>
    </message>
    <message>
      <source>Favourite (F)</source>
      <translation>Favorit (F)</translation>
    </message>
  </context>
  <context>
    <name>_KeyButton</name>
    <message>
      <source>Press the new keys</source>
      <translation>Neue Tasten drücken</translation>
    </message>
    <message>
      <source>none</source>
      <translation>keine</translation>
    </message>
  </context>
  <context>
    <name>_Line</name>
    <message>
      <source>Close this notice</source>
      <translation>Hinweis schließen</translation>
    </message>
  </context>
  <context>
    <name>_Many</name>
    <message>
      <source>Cameras</source>
      <translation>Kameras</translation>
    </message>
    <message>
      <source>First</source>
      <translation>Erstes</translation>
    </message>
    <message>
      <source>Last</source>
      <translation>Letztes</translation>
    </message>
    <message>
      <source>Photos</source>
      <translation>Fotos</translation>
    </message>
    <message>
      <source>Ratings</source>
      <translation>Bewertungen</translation>
    </message>
    <message>
      <source>Size</source>
      <translation>Größe</translation>
    </message>
    <message>
      <source>Tags</source>
      <translation>Schlagwörter</translation>
    </message>
    <message>
      <source>Videos</source>
      <translation>Videos</translation>
    </message>
    <message>
      <source>different</source>
      <translation>verschieden</translation>
    </message>
  </context>
  <context>
    <name>_One</name>
    <message>
      <source>Add a title</source>
      <translation>Titel hinzufügen</translation>
    </message>
    <message>
      <source>Analyse again</source>
      <translation>Neu analysieren</translation>
    </message>
    <message>
      <source>Analysis</source>
      <translation>Analyse</translation>
    </message>
    <message>
      <source>File</source>
      <translation>Datei</translation>
    </message>
    <message>
      <source>Files</source>
      <translation>Dateien</translation>
    </message>
    <message>
      <source>Found by {reasons}</source>
      <translation>Gefunden durch {reasons}</translation>
    </message>
    <message>
      <source>Objects</source>
      <translation>Objekte</translation>
    </message>
    <message>
      <source>Show in folder</source>
      <translation>Im Ordner zeigen</translation>
    </message>
    <message>
      <source>Tags</source>
      <translation>Schlagwörter</translation>
    </message>
    <message>
      <source>Title</source>
      <translation>Titel</translation>
    </message>
    <message>
      <source>“{name}” was wrong · take back</source>
      <translation>„{name}“ stimmte nicht · zurücknehmen</translation>
    </message>
  </context>
  <context>
    <name>_Pane</name>
    <message>
      <source>favourite</source>
      <translation>Favorit</translation>
    </message>
    <message>
      <source>not rated</source>
      <translation>nicht bewertet</translation>
    </message>
    <message>
      <source>picked</source>
      <translation>vorgemerkt</translation>
    </message>
    <message>
      <source>rejected</source>
      <translation>abgelehnt</translation>
    </message>
    <message>
      <source>{stars} of 5 stars</source>
      <translation>{stars} von 5 Sternen</translation>
    </message>
  </context>
  <context>
    <name>_SortButton</name>
    <message>
      <source>Best match</source>
      <translation>Beste Treffer</translation>
    </message>
    <message>
      <source>Copies together</source>
      <translation>Kopien beisammen</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>Newest first</source>
      <translation>Neueste zuerst</translation>
    </message>
    <message>
      <source>Oldest first</source>
      <translation>Älteste zuerst</translation>
    </message>
    <message>
      <source>Order of the files</source>
      <translation>Reihenfolge der Dateien</translation>
    </message>
    <message>
      <source>Order: {name}</source>
      <translation>Reihenfolge: {name}</translation>
    </message>
    <message>
      <source>Rating</source>
      <translation>Bewertung</translation>
    </message>
    <message>
      <source>Recently added</source>
      <translation>Zuletzt hinzugefügt</translation>
    </message>
    <message>
      <source>Size</source>
      <translation>Größe</translation>
    </message>
  </context>
</TS>