#!/usr/bin/python3
# Stands between clients and a server's socket, and speaks TLS with the clients, which PostgreSQL does not
# do on a socket: tls-proxy.py SOCKET [CERTIFICATE KEY]. Without a certificate it refuses TLS, as a server
# does that has none. Prints its port on 127.0.0.1, and ends with its input.
import os
import socket
import ssl
import struct
import sys
import threading

SSL_REQUEST = 80877103
GSS_REQUEST = 80877104


def relay(source, target):
    try:
        while data := source.recv(65536):
            target.sendall(data)
    except OSError:
        pass
    for end in (source, target):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


def serve(client, context):
    server = socket.socket(socket.AF_UNIX)
    server.connect(sys.argv[1])
    first = client.recv(8, socket.MSG_WAITALL)
    while len(first) == 8 and struct.unpack('!II', first) in ((8, SSL_REQUEST), (8, GSS_REQUEST)):
        if context and first[4:] == struct.pack('!I', SSL_REQUEST):
            client.sendall(b'S')
            client = context.wrap_socket(client, server_side=True)
            first = b''
            break
        client.sendall(b'N')
        first = client.recv(8, socket.MSG_WAITALL)
    server.sendall(first)
    threading.Thread(target=relay, args=(client, server), daemon=True).start()
    relay(server, client)


def serve_quietly(client, context):
    try:
        serve(client, context)
    except OSError:
        client.close()


context = None
if len(sys.argv) > 2:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[2], sys.argv[3])

listener = socket.create_server(('127.0.0.1', 0))
print(listener.getsockname()[1], flush=True)
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
while True:
    connection, _ = listener.accept()
    threading.Thread(target=serve_quietly, args=(connection, context), daemon=True).start()
